//! What [`draw!`](super::draw) calls: yew's nodes, put together from the outside in.
//!
//! Owns how elements become nodes. Must not know what is drawn.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VNode, VTag, VText,
};
use yew::{AttrValue, Callback, Html};

/// An element that is not closed yet; without a tag, a list of nodes.
struct Open {
    tag: &'static str,
    key: Option<Key>,
    names: &'static [&'static str],
    values: Vec<Option<AttributeOrProperty>>,
    heard: Vec<Option<Rc<dyn Listener>>>,
    inside: Vec<VNode>,
}

/// Nodes as they are put together, the innermost open element last.
pub(super) struct Tree {
    outer: Vec<Open>,
    now: Open,
}

impl Open {
    fn new(tag: &'static str, names: &'static [&'static str]) -> Open {
        Open {
            tag,
            key: None,
            names,
            values: Vec::with_capacity(names.len()),
            heard: Vec::new(),
            inside: Vec::new(),
        }
    }

    fn closed(mut self) -> VNode {
        if self.tag.is_empty() {
            return match self.inside.len() {
                1 => self.inside.remove(0),
                _ => VNode::from(VList::with_children(self.inside, self.key)),
            };
        }
        let mut tag = VTag::new(self.tag);
        // A field's value and tick are what it holds now, not what its attributes say.
        if self.tag == "input" {
            for (name, value) in self.names.iter().zip(&mut self.values) {
                match *name {
                    "value" => {
                        if let Some(AttributeOrProperty::Attribute(value)) = value.take() {
                            tag.set_value(value);
                        }
                    }
                    "checked" => tag.set_checked(value.take().is_some()),
                    _ => {}
                }
            }
        }
        tag.key = self.key;
        tag.attributes =
            Attributes::Dynamic { keys: self.names, values: self.values.into_boxed_slice() };
        if !self.heard.is_empty() {
            tag.set_listeners(self.heard.into_boxed_slice());
        }
        if !self.inside.is_empty() {
            tag.add_children(self.inside);
        }
        VNode::from(tag)
    }
}

impl Tree {
    #[inline(never)]
    pub(super) fn new() -> Tree {
        Tree { outer: Vec::new(), now: Open::new("", &[]) }
    }

    #[inline(never)]
    pub(super) fn open(&mut self, tag: &'static str, names: &'static [&'static str]) {
        let outer = std::mem::replace(&mut self.now, Open::new(tag, names));
        self.outer.push(outer);
    }

    #[inline(never)]
    pub(super) fn close(&mut self) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.now, outer);
        self.now.inside.push(inner.closed());
    }

    #[inline(never)]
    pub(super) fn done(self) -> Html {
        debug_assert!(self.outer.is_empty(), "a tag is not closed");
        self.now.closed()
    }

    pub(super) fn key(&mut self, key: impl Into<Key>) {
        self.now.key = Some(key.into());
    }

    pub(super) fn attribute(&mut self, value: impl Value) {
        value.set(self);
    }

    #[inline(never)]
    fn value(&mut self, value: Option<AttrValue>) {
        self.now.values.push(value.map(AttributeOrProperty::Attribute));
    }

    /// A handler for what happens to the element.
    pub(super) fn on<E: JsCast + 'static>(&mut self, kind: ListenerKind, call: Callback<E>) {
        self.now.heard.push(Some(Rc::new(Heard { kind, call })));
    }

    /// Words that never change.
    #[inline(never)]
    pub(super) fn words(&mut self, words: &'static str) {
        self.text(AttrValue::Static(words));
    }

    #[inline(never)]
    fn text(&mut self, text: AttrValue) {
        self.node(VNode::from(VText::new(text)));
    }

    #[inline(never)]
    fn node(&mut self, node: VNode) {
        self.now.inside.push(node);
    }

    pub(super) fn put(&mut self, value: impl Content) {
        value.put(self);
    }

    pub(super) fn all(&mut self, nodes: impl IntoIterator<Item = Html>) {
        for node in nodes {
            self.node(node);
        }
    }
}

/// What an attribute can be; `None` and `false`: it is not there.
pub(super) trait Value {
    fn set(self, tree: &mut Tree);
}

impl Value for &'static str {
    fn set(self, tree: &mut Tree) {
        tree.value(Some(AttrValue::Static(self)));
    }
}

impl Value for String {
    fn set(self, tree: &mut Tree) {
        tree.value(Some(AttrValue::from(self)));
    }
}

impl Value for AttrValue {
    fn set(self, tree: &mut Tree) {
        tree.value(Some(self));
    }
}

impl Value for bool {
    fn set(self, tree: &mut Tree) {
        tree.value(self.then_some(AttrValue::Static("")));
    }
}

impl<V: Value> Value for Option<V> {
    fn set(self, tree: &mut Tree) {
        match self {
            Some(value) => value.set(tree),
            None => tree.value(None),
        }
    }
}

/// What can stand between tags.
pub(super) trait Content {
    fn put(self, tree: &mut Tree);
}

impl Content for Html {
    fn put(self, tree: &mut Tree) {
        tree.node(self);
    }
}

impl Content for Option<Html> {
    fn put(self, tree: &mut Tree) {
        tree.node(self.unwrap_or_default());
    }
}

impl Content for String {
    fn put(self, tree: &mut Tree) {
        tree.text(AttrValue::from(self));
    }
}

impl Content for &str {
    fn put(self, tree: &mut Tree) {
        tree.text(AttrValue::from(self.to_owned()));
    }
}

impl Content for usize {
    fn put(self, tree: &mut Tree) {
        tree.text(AttrValue::from(self.to_string()));
    }
}

impl Content for char {
    fn put(self, tree: &mut Tree) {
        tree.text(AttrValue::from(String::from(self)));
    }
}

/// A callback on one kind of event.
struct Heard<E> {
    kind: ListenerKind,
    call: Callback<E>,
}

impl<E: JsCast> Listener for Heard<E> {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: web_sys::Event) {
        self.call.emit(event.unchecked_into());
    }

    fn passive(&self) -> bool {
        false
    }
}
