//! What this program has requested from the network, as the browser has it on record. Each of the page's programs asks
//! for its own: a browser shows no other's.

use std::cell::Cell;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use super::protocol::RequestReport;

/// Requests that the browser keeps on record; by itself it keeps 250.
const MOST_ON_RECORD: f64 = 20_000.0;

thread_local! {
    /// How many the policy has refused.
    static REFUSED: Cell<u32> = const { Cell::new(0) };
}

fn number(of: &JsValue, field: &str) -> f64 {
    Reflect::get(of, &field.into()).ok().and_then(|n| n.as_f64()).unwrap_or(0.0)
}

fn performance() -> JsValue {
    Reflect::get(&js_sys::global(), &"performance".into()).unwrap_or(JsValue::UNDEFINED)
}

fn call(of: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let method = Reflect::get(of, &method.into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    method.call1(of, argument).ok()
}

/// Begins to count what the policy refuses.
pub(super) fn begin_counting() {
    call(&performance(), "setResourceTimingBufferSize", &MOST_ON_RECORD.into());
    let count = Closure::<dyn Fn()>::new(|| REFUSED.set(REFUSED.get().saturating_add(1)));
    let global: web_sys::EventTarget = js_sys::global().unchecked_into();
    let listener = count.as_ref().unchecked_ref();
    let _ = global.add_event_listener_with_callback("securitypolicyviolation", listener);
    count.forget();
}

/// All that was requested so far.
pub(super) fn report() -> RequestReport {
    let performance = performance();
    let begun = number(&performance, "timeOrigin");
    let all = call(&performance, "getEntriesByType", &"resource".into());
    let all = all.map(|all| Array::from(&all)).unwrap_or_default();
    let requests = all.iter().filter_map(|entry| {
        let address = Reflect::get(&entry, &"name".into()).ok()?.as_string()?;
        Some((address, (begun + number(&entry, "startTime")) as u64))
    });
    RequestReport { requests: requests.collect(), refused: REFUSED.get() }
}
