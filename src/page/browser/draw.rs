//! `draw!`: elements written as in yew's `html!`, put together by calls of one small builder. `html!`
//! writes out every element's construction at its place, which made a fifth of the page's bytes.
//!
//! Owns how elements are written. Must not know what is drawn. Components (`<Panel … />`) and a text area
//! with a first value are `html!`'s; whatever it gives can stand in braces.

/// Draws elements: `<tag name="x" data-name={value} onclick={callback}>…</tag>`, `{ value }`,
/// `{ for nodes }`, `if condition { … } else { … }`, `<>…</>`.
macro_rules! draw {
    ($($all:tt)*) => {{
        let mut tree = $crate::browser::tree::Tree::new();
        $crate::browser::draw::content!(tree $($all)*);
        tree.done()
    }};
}

/// What stands between tags.
macro_rules! content {
    ($tree:ident) => {};
    ($tree:ident <> $($rest:tt)*) => {
        $tree.open("", &[]);
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident </> $($rest:tt)*) => {
        $tree.close();
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident < / $tag:ident > $($rest:tt)*) => {
        $tree.close();
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident < $tag:ident $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag [] {} $($rest)*);
    };
    ($tree:ident if $($rest:tt)*) => {
        $crate::browser::draw::choice!($tree [] $($rest)*);
    };
    ($tree:ident { for $($nodes:tt)+ } $($rest:tt)*) => {
        $tree.all($($nodes)+);
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident { $words:literal } $($rest:tt)*) => {
        $tree.words($words);
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident { $($value:tt)+ } $($rest:tt)*) => {
        $tree.put({ $($value)+ });
        $crate::browser::draw::content!($tree $($rest)*);
    };
}

/// `if`, its condition taken token by token up to the braces. Either way it is one node, so that the
/// nodes after it keep their places.
macro_rules! choice {
    ($tree:ident [$($if:tt)+] { $($then:tt)* } else { $($other:tt)* } $($rest:tt)*) => {
        $tree.put(if $($if)+ {
            $crate::browser::draw::draw!($($then)*)
        } else {
            $crate::browser::draw::draw!($($other)*)
        });
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident [$($if:tt)+] { $($then:tt)* } else if $($more:tt)*) => {
        compile_error!("`else if`: nest it in the braces of `else`");
    };
    ($tree:ident [$($if:tt)+] { $($then:tt)* } $($rest:tt)*) => {
        $tree.put(if $($if)+ {
            $crate::browser::draw::draw!($($then)*)
        } else {
            yew::Html::default()
        });
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident [$($if:tt)*] $next:tt $($rest:tt)*) => {
        $crate::browser::draw::choice!($tree [$($if)* $next] $($rest)*);
    };
}

/// A tag's attributes: their names in one list, then a call for each value.
macro_rules! element {
    ($tree:ident $tag:ident [$($name:expr,)*] {$($set:tt)*} / > $($rest:tt)*) => {
        $tree.open(stringify!($tag), &[$($name),*]);
        $($set)*
        $tree.close();
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident $tag:ident [$($name:expr,)*] {$($set:tt)*} > $($rest:tt)*) => {
        $tree.open(stringify!($tag), &[$($name),*]);
        $($set)*
        $crate::browser::draw::content!($tree $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt {$($set:tt)*} key = $value:tt $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names {$($set)* $tree.key($value);} $($rest)*);
    };
    ($tree:ident $tag:ident [$($names:tt)*] $set:tt { $name:ident } $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag [$($names)*] $set $name = {$name} $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt {$($set:tt)*} on = $event:ident $value:tt $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names {
            $($set)*
            $tree.on(yew::virtual_dom::ListenerKind::$event, $value);
        } $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onclick = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onclick $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onchange = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onchange $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt oninput = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = oninput $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onkeydown = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onkeydown $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onsubmit = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onsubmit $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onmousedown = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onmousedown $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onwheel = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onwheel $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onpointerdown = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onpointerdown $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onpointermove = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onpointermove $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onpointerup = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onpointerup $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt onpointercancel = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = onpointercancel $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt ondragstart = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = ondragstart $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt ondragover = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = ondragover $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt ondragend = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = ondragend $($rest)*);
    };
    ($tree:ident $tag:ident $names:tt $set:tt ondrop = $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag $names $set on = ondrop $($rest)*);
    };
    ($tree:ident $tag:ident [$($names:tt)*] {$($set:tt)*} $name:ident $(- $part:ident)* = $value:tt $($rest:tt)*) => {
        $crate::browser::draw::element!($tree $tag
            [$($names)* concat!(stringify!($name) $(, "-", stringify!($part))*),]
            {$($set)* $tree.attribute($value);}
            $($rest)*);
    };
}

pub(super) use {choice, content, draw, element};
