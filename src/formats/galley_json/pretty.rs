/// Objects and lists up to this many bytes stay on one line.
const WIDTH: usize = 100;

/// Compact JSON laid out for people: short objects and lists on one line, long ones one entry a
/// line, two blanks a level. Linear, not recursive; `json` must be JSON without white space
/// between its tokens.
pub(super) fn pretty(json: &str) -> String {
    let short = short_brackets(json.as_bytes());
    let mut short = short.into_iter();
    let mut out = String::with_capacity(json.len() + json.len() / 4);
    // Whether each open bracket is laid out over several lines.
    let mut open: Vec<bool> = Vec::new();
    let mut string = false;
    let mut escaped = false;
    // Everything between two structural marks is copied whole.
    let mut copied = 0;
    for (i, b) in json.bytes().enumerate() {
        if string {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => string = false,
                _ => {}
            }
            continue;
        }
        match b {
            b'"' => string = true,
            b'{' | b'[' => {
                out.push_str(json.get(copied..=i).unwrap_or(""));
                copied = i + 1;
                let long = !short.next().unwrap_or(true) && open.iter().all(|&l| l);
                open.push(long);
                if long {
                    line(&mut out, open.len());
                }
            }
            b'}' | b']' => {
                out.push_str(json.get(copied..i).unwrap_or(""));
                copied = i;
                if open.pop() == Some(true) {
                    line(&mut out, open.len());
                }
            }
            b',' => {
                out.push_str(json.get(copied..=i).unwrap_or(""));
                copied = i + 1;
                if open.last() == Some(&true) {
                    line(&mut out, open.len());
                } else {
                    out.push(' ');
                }
            }
            b':' => {
                out.push_str(json.get(copied..=i).unwrap_or(""));
                copied = i + 1;
                out.push(' ');
            }
            _ => {}
        }
    }
    out.push_str(json.get(copied..).unwrap_or(""));
    out.push('\n');
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// For every opening bracket, in order: does its pair fit on one line?
fn short_brackets(json: &[u8]) -> Vec<bool> {
    let mut short = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut string, mut escaped) = (false, false);
    for (i, &b) in json.iter().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if string => escaped = true,
            b'"' => string = !string,
            _ if string => {}
            b'{' | b'[' => {
                open.push((short.len(), i));
                short.push(false);
            }
            b'}' | b']' => {
                if let Some((n, start)) = open.pop()
                    && let Some(s) = short.get_mut(n)
                {
                    *s = i - start < WIDTH;
                }
            }
            _ => {}
        }
    }
    short
}
