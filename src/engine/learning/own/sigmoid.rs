//! Probabilities in whole numbers.

/// The logistic function in 1/1024, from 0 to 8 in steps of an eighth.
const SIGMOID: [i32; 66] = [
    512, 544, 576, 607, 637, 667, 695, 723, 749, 773, 796, 817, 837, 856, 872, 888, 902, 915, 926,
    937, 946, 955, 962, 969, 975, 981, 986, 990, 994, 997, 1000, 1003, 1006, 1008, 1010, 1011,
    1013, 1014, 1015, 1016, 1017, 1018, 1019, 1019, 1020, 1020, 1021, 1021, 1021, 1022, 1022, 1022,
    1022, 1023, 1023, 1023, 1023, 1023, 1023, 1023, 1023, 1024, 1024, 1024, 1024, 1024,
];

/// The logistic function of `score`, of which `one` is 1, in 1/1024. `one` is a power of two from 8 on.
pub(super) fn sigmoid(score: i64, one: i64) -> i32 {
    let step = one / 8;
    let size = score.unsigned_abs().min(8 * one as u64) as i64;
    let (at, rest) = ((size / step) as usize, size % step);
    let (low, high) = (SIGMOID[at.min(65)], SIGMOID[(at + 1).min(65)]);
    let value = low + ((i64::from(high - low) * rest) / step) as i32;
    if score < 0 { 1024 - value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the whole numbers are held to it")]
    fn it_is_the_logistic_function() {
        for tenth in -120..=120 {
            let x = f64::from(tenth) / 10.0;
            let want = 1024.0 / (1.0 + (-x).exp());
            let got = sigmoid((x * 65536.0) as i64, 65536);
            assert!((f64::from(got) - want).abs() < 2.5, "{x}: {got}, {want}");
        }
        assert_eq!((sigmoid(i64::MAX, 32), sigmoid(i64::MIN + 1, 32)), (1024, 0));
    }
}
