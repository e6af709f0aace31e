//! Pages in the shapes of publishing systems.

use super::*;

#[test]
fn a_small_page() {
    let article = read_bytes(b"<html><head><title>Rain in Lagos | The Post</title></head><body><nav><a href=/>Home</a></nav><h1>Rain in Lagos</h1><p>By Ann Ray</p><p>It rained in Lagos for the third day, the governor said on Monday.</p></body></html>").unwrap();
    assert_eq!(article.title.as_deref(), Some("Rain in Lagos"));
    assert_eq!(article.byline.as_deref(), Some("Ann Ray"));
    assert_eq!(
        article.text,
        "Rain in Lagos\n\nBy Ann Ray\n\nIt rained in Lagos for the third day, the governor said on Monday."
    );
}
