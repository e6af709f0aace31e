//! SHA-256 (FIPS 180-4), by which www/sw.js looks at the page's files. `cargo xtask` is std alone, so that
//! it compiles in seconds: hence not the crate `sha2`.

const K: [u32; 64] = roots(3);
const START: [u32; 64] = roots(2);

/// The first 32 bits after the point of the square or cube roots of the first primes.
const fn roots(power: u32) -> [u32; 64] {
    let mut out = [0; 64];
    let (mut found, mut n) = (0, 2u128);
    while found < 64 {
        let mut divisor = 2;
        while n % divisor != 0 {
            divisor += 1;
        }
        if divisor == n {
            // By halving: the whole part of each root is below 32.
            let (mut low, mut high) = (0u128, 1u128 << 37);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if middle.pow(power) <= n << (32 * power) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            out[found] = low as u32;
            found += 1;
        }
        n += 1;
    }
    out
}

/// The sum in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |n: u32| char::from_digit(n & 15, 16).unwrap_or('0');
    let words = sum(bytes);
    let digits = words.iter().flat_map(|word| (0..8).rev().map(move |i| word >> (4 * i)));
    digits.map(digit).collect()
}

fn sum(bytes: &[u8]) -> [u32; 8] {
    let mut state = [0; 8];
    state.copy_from_slice(&START[..8]);
    let (whole, rest) = bytes.split_at(bytes.len() / 64 * 64);
    whole.chunks_exact(64).for_each(|block| round(&mut state, block));
    // What is left, a bit, and the length at the end of a block.
    let mut end = [0; 128];
    end[..rest.len()].copy_from_slice(rest);
    end[rest.len()] = 0x80;
    let size = if rest.len() < 56 { 64 } else { 128 };
    end[size - 8..size].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    end[..size].chunks_exact(64).for_each(|block| round(&mut state, block));
    state
}

#[inline(never)]
fn round(state: &mut [u32; 8], block: &[u8]) {
    let mut w = [0u32; 64];
    for (word, four) in w.iter_mut().zip(block.chunks_exact(4)) {
        *word = four.iter().fold(0, |word, &b| word << 8 | u32::from(b));
    }
    for i in 16..64 {
        let (a, b) = (w[i - 15], w[i - 2]);
        let a = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let b = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        w[i] = w[i - 16].wrapping_add(a).wrapping_add(w[i - 7]).wrapping_add(b);
    }
    let mut s = *state;
    for i in 0..64 {
        let [a, b, c, d, e, f, g, h] = s;
        let one = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let two = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let choice = (e & f) ^ (!e & g);
        let most = (a & b) ^ (a & c) ^ (b & c);
        let first = h.wrapping_add(one).wrapping_add(choice).wrapping_add(K[i]).wrapping_add(w[i]);
        s = [first.wrapping_add(two).wrapping_add(most), a, b, c, d.wrapping_add(first), e, f, g];
    }
    for (sum, new) in state.iter_mut().zip(s) {
        *sum = sum.wrapping_add(new);
    }
}

#[cfg(test)]
mod tests {
    use super::hex;

    #[test]
    fn sums_are_those_of_the_standard() {
        for (bytes, sum) in [
            (&b""[..], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                &[b'a'; 1_000_000],
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            ),
        ] {
            assert_eq!(hex(bytes), sum);
        }
    }
}
