//! Messages of the worker of files as lists of the browser's own values: a word, a number, texts, bytes.
//! They are many and small; what serde writes out for each costs more than all that is written here.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::protocol::{File, FromFiles, Offer, ToFiles};

fn list(kind: &str, number: u32, texts: impl IntoIterator<Item = String>) -> Array {
    let list = Array::of2(&kind.into(), &number.into());
    for text in texts {
        list.push(&text.into());
    }
    list
}

fn put(list: &Array, files: &[File]) {
    for file in files {
        list.push(&JsValue::from_str(&file.name));
        list.push(&Uint8Array::from(file.bytes.as_slice()));
    }
}

fn text(value: JsValue) -> String {
    value.as_string().unwrap_or_default()
}

/// Kind and number; what comes after them.
fn parts(data: &JsValue) -> Option<(String, u32, Vec<JsValue>)> {
    let list = Array::is_array(data).then(|| Array::from(data))?;
    let number = list.get(1).as_f64()? as u32;
    Some((text(list.get(0)), number, list.iter().skip(2).collect()))
}

fn files(values: Vec<JsValue>) -> Vec<File> {
    let pair = |pair: &[JsValue]| File {
        name: text(pair[0].clone()),
        bytes: Uint8Array::new(&pair[1]).to_vec(),
    };
    values.chunks_exact(2).map(pair).collect()
}

impl From<&ToFiles> for JsValue {
    fn from(message: &ToFiles) -> JsValue {
        match message {
            ToFiles::Offer { job, json } => list("offer", *job, [json.clone()]),
            ToFiles::Write { json, format } => list("write", *format, [json.clone()]),
            ToFiles::Open { job, files } => {
                let list = list("open", *job, []);
                put(&list, files);
                list
            }
        }
        .into()
    }
}

impl ToFiles {
    /// `None`: it cannot be understood.
    pub fn read(data: &JsValue) -> Option<ToFiles> {
        let (kind, number, rest) = parts(data)?;
        let json = || rest.first().cloned().map(text).unwrap_or_default();
        Some(match kind.as_str() {
            "offer" => ToFiles::Offer { job: number, json: json() },
            "write" => ToFiles::Write { json: json(), format: number },
            "open" => ToFiles::Open { job: number, files: files(rest) },
            _ => return None,
        })
    }
}

impl From<FromFiles> for JsValue {
    fn from(message: FromFiles) -> JsValue {
        match message {
            FromFiles::Hello { protocol, build } => list("hello", protocol, [build]),
            FromFiles::Offers { job, offers } => {
                let texts = offers.into_iter().flat_map(|o| [o.name, o.about, o.lost]);
                list("offers", job, texts)
            }
            FromFiles::File { file, kind } => {
                let list = list("file", 0, [kind]);
                put(&list, &[file]);
                list
            }
            FromFiles::Opened { job, documents, left } => {
                let count = documents.len().to_string();
                list("opened", job, std::iter::once(count).chain(documents).chain(left))
            }
            FromFiles::Failed { job, message } => list("failed", job, [message]),
        }
        .into()
    }
}

impl FromFiles {
    /// `None`: it cannot be understood.
    pub fn read(data: &JsValue) -> Option<FromFiles> {
        let (kind, job, mut rest) = parts(data)?;
        if kind == "file" {
            let bytes = rest.split_off(1);
            return Some(FromFiles::File {
                file: files(bytes).pop()?,
                kind: rest.pop().map(text)?,
            });
        }
        let mut texts: Vec<String> = rest.into_iter().map(text).collect();
        Some(match kind.as_str() {
            "hello" => FromFiles::Hello { protocol: job, build: texts.pop()? },
            "offers" => {
                let offer = |of: &[String]| Offer {
                    name: of[0].clone(),
                    about: of[1].clone(),
                    lost: of[2].clone(),
                };
                FromFiles::Offers { job, offers: texts.chunks_exact(3).map(offer).collect() }
            }
            "opened" => {
                let count: usize = texts.first()?.parse().ok()?;
                let left = texts.split_off((count + 1).min(texts.len()));
                texts.remove(0);
                FromFiles::Opened { job, documents: texts, left }
            }
            "failed" => FromFiles::Failed { job, message: texts.pop()? },
            _ => return None,
        })
    }
}
