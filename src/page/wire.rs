//! Messages as the browser's values, for `postMessage`. Both workers use this one way; texts become strings,
//! bytes become one `Uint8Array`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// The value of a message; `None` if it cannot be written, which only a fault in its types can cause.
pub(super) fn encode<T: Serialize>(message: &T) -> Option<JsValue> {
    serde_wasm_bindgen::to_value(message).ok()
}

/// The message in a value; `None` if the value is no such message.
pub(super) fn decode<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}
