//! Double marks and guillemets, paired by a stack; inch marks are passed over.

use super::mark::{FoundPair, Mark, Pairer, is_opening};
use super::region::Style;

impl Pairer<'_> {
    /// Pairs double marks and guillemets. `carried`: the paragraph before ended inside speech.
    pub(super) fn pair_doubles(&mut self, carried: bool) {
        let marks = std::mem::take(&mut self.doubles);
        let mut stack: Vec<Mark> = Vec::new();
        let straight_closers = marks.iter().filter(|m| m.glyph == '"' && m.can_close()).count();
        let mut closers_left = straight_closers;
        for (i, &mark) in marks.iter().enumerate() {
            if mark.glyph == '"' && mark.can_close() {
                closers_left -= 1;
            }
            match find_direction(mark, &stack) {
                Direction::Open => {
                    // Nobody nests deeper; a page of opening marks stays cheap.
                    if stack.len() > 16 {
                        stack.remove(0);
                    }
                    stack.push(mark);
                }
                Direction::Close => {
                    if self.is_inch(mark, &stack, closers_left) {
                        continue;
                    }
                    match find_partner(mark.glyph, &stack) {
                        Some(at) => {
                            let open = stack[at];
                            stack.truncate(at);
                            let style = if mark_family(open.glyph) == 'g' {
                                Style::Guillemet
                            } else {
                                Style::Double
                            };
                            self.push(open, mark, style);
                        }
                        None if carried && i == 0 => self.found.push(FoundPair {
                            start: 0,
                            end: mark.end(),
                            inner: (0, mark.at),
                            style: Style::Double,
                            closed: true,
                            opened: false,
                        }),
                        None => {}
                    }
                }
                Direction::Neither => {}
            }
        }
        // What is left open runs to the end of the paragraph, if it is the last to open.
        let Some(&last) = stack.last() else {
            return;
        };
        let reopened = marks.iter().any(|m| m.at > last.at && m.can_open());
        let starts = last.before.is_whitespace() || is_opening(last.before);
        let first = self.text[..last.at].trim().is_empty();
        // A first mark that something reopens: it held the paragraph, unless that ends in a pair of
        // its own ("A, he said. "B."), when its own closing mark was forgotten.
        let tail = self.found.last().is_some_and(|f| {
            self.text.get(f.end..).is_some_and(|t| !t.contains(char::is_alphanumeric))
        });
        let faces = !last.after.is_whitespace() || mark_family(last.glyph) == 'g';
        if starts && faces && (!reopened || (first && !tail)) {
            self.found.push(FoundPair {
                start: last.at,
                end: self.text.len(),
                inner: (last.end(), self.text.len()),
                style: if mark_family(last.glyph) == 'g' {
                    Style::Guillemet
                } else {
                    Style::Double
                },
                closed: false,
                opened: true,
            });
            self.unclosed_double = true;
        }
    }

    /// `5'11" tall`: a mark after a digit that no quotation needs.
    fn is_inch(&self, mark: Mark, stack: &[Mark], closers_left: usize) -> bool {
        if mark.glyph != '"' || !mark.before.is_ascii_digit() {
            return false;
        }
        let left = &self.text[..mark.at];
        let feet = left
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '/')
            .ends_with(['\'', '’', '′']);
        let rest = &self.text[mark.end()..];
        let goes_on = rest.starts_with([' ', '-', '\u{a0}'])
            && rest.trim_start_matches([' ', '-', '\u{a0}']).starts_with(char::is_lowercase);
        let open = stack.iter().any(|m| mark_family(m.glyph) == 'd');
        feet && closers_left > 0
            || !open
            || (goes_on && closers_left > 0 && {
                // The next straight mark closes: so this one did not.
                let next = rest.find('"').map(|n| &rest[n + 1..]);
                next.is_some_and(|n| !n.starts_with(char::is_alphanumeric))
            })
    }
}

#[derive(PartialEq)]
enum Direction {
    Open,
    Close,
    Neither,
}

fn mark_family(glyph: char) -> char {
    match glyph {
        '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => 'g',
        _ => 'd',
    }
}

/// Which way a double mark faces, by its form, its neighbours and what is open.
fn find_direction(m: Mark, stack: &[Mark]) -> Direction {
    let open = |c: char| stack.iter().any(|s| s.glyph == c);
    let any = stack.iter().any(|s| mark_family(s.glyph) == 'd');
    let top = stack.last().map(|s| s.glyph);
    let closes_here = m.can_close();
    match m.glyph {
        '„' | '‟' => Direction::Open,
        '「' | '『' => Direction::Open,
        '」' | '』' => Direction::Close,
        '“' => {
            let low = open('„') && top != Some('“');
            if low && !m.before.is_whitespace() {
                Direction::Close
            } else if any
                && closes_here
                && !m.can_open()
                && (m.after.is_whitespace() || is_stop(m.after))
            {
                // Facing the wrong way.
                Direction::Close
            } else {
                Direction::Open
            }
        }
        '”' => {
            if !any && m.can_open() {
                Direction::Open
            } else if m.can_open() && m.after.is_alphanumeric() && m.before.is_whitespace() {
                Direction::Open
            } else {
                Direction::Close
            }
        }
        '«' | '‹' => {
            let reverse = if m.glyph == '«' { '»' } else { '›' };
            if open(reverse) && !m.before.is_whitespace() {
                Direction::Close
            } else {
                Direction::Open
            }
        }
        '»' | '›' => {
            let forward = if m.glyph == '»' { '«' } else { '‹' };
            if open(forward) {
                Direction::Close
            } else if m.can_open() {
                Direction::Open
            } else {
                Direction::Neither
            }
        }
        // '' and " have no direction of their own.
        _ => {
            if any && closes_here && !m.can_open() {
                Direction::Close
            } else if m.can_open()
                && (!any || m.after.is_alphanumeric() || is_opening(m.after))
                && !(any
                    && !m.before.is_whitespace()
                    && is_opening(m.before)
                    && !matches!(m.before, '(' | '[' | '{' | '‘' | '\'' | '“'))
            {
                Direction::Open
            } else if any {
                Direction::Close
            } else if m.before.is_whitespace() && m.after.is_alphanumeric() {
                Direction::Open
            } else if !closes_here || (m.before.is_whitespace() && m.after.is_whitespace()) {
                Direction::Open
            } else {
                // Closing with nothing open.
                Direction::Close
            }
        }
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | ')' | '—' | '–' | ']')
}

/// The open mark that `glyph` closes: the nearest of its own style, else the nearest of its family.
fn find_partner(glyph: char, stack: &[Mark]) -> Option<usize> {
    let own: &[char] = match glyph {
        '”' => &['“', '„', '”', '‟'],
        '“' => &['„', '“'],
        '»' => &['«'],
        '«' => &['»'],
        '›' => &['‹'],
        '‹' => &['›'],
        '」' => &['「'],
        '』' => &['『'],
        'D' => &['“', 'D'],
        _ => &['"'],
    };
    let family = mark_family(glyph);
    stack.iter().rposition(|s| own.contains(&s.glyph)).or_else(|| {
        let top = stack.iter().rposition(|s| mark_family(s.glyph) == family)?;
        (family == 'd').then_some(top)
    })
}
