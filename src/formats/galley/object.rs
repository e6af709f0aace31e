//! How an object of a file becomes a structure: field by field, unknown ones passed over.
//!
//! Owns the reading of objects. serde's derive would do the same in three times the bytes, as it writes out
//! for every field what to do when it comes twice, and for every structure how to read it from a list
//! without names. Must not know what the fields mean.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// Among a structure's names, the place of the one that comes next; `None` for any other.
pub struct Among(pub(crate) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Among {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<usize>, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Among {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|known| *known == name))
    }
}

/// Which fields have come, a bit each.
#[derive(Default)]
pub struct Seen(u32);

impl Seen {
    /// The place of the next field that is known; others are passed over.
    pub fn next<'de, A: MapAccess<'de>>(
        &mut self,
        names: &'static [&'static str],
        map: &mut A,
    ) -> Result<Option<usize>, A::Error> {
        while let Some(place) = map.next_key_seed(Among(names))? {
            let Some(at) = place else {
                map.next_value::<serde::de::IgnoredAny>()?;
                continue;
            };
            if self.0 & (1 << at) != 0 {
                let name = names.get(at).copied().unwrap_or_default();
                return Err(A::Error::duplicate_field(name));
            }
            self.0 |= 1 << at;
            return Ok(Some(at));
        }
        Ok(None)
    }

    /// An error when one of the needed fields has not come.
    pub fn all<E: Error>(
        &self,
        names: &'static [&'static str],
        needed: &[&'static str],
    ) -> Result<(), E> {
        for (at, name) in names.iter().enumerate() {
            if self.0 & (1 << at) == 0 && needed.contains(name) {
                return Err(E::missing_field(name));
            }
        }
        Ok(())
    }
}

/// The place of a name, when the program is compiled.
pub const fn place(names: &[&str], name: &str) -> usize {
    let mut at = 0;
    while at < names.len() {
        if same(names[at].as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("no such field")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Reads a structure from an object: its fields with their names; those after
/// `null` keep a null apart from an absent field; `needs` names the fields that must be there.
#[macro_export]
macro_rules! object {
    ($what:ident $(<$life:lifetime>)? { $($field:ident: $name:literal),* $(; null $($null:ident: $word:literal),*)? } $(needs $($needed:literal),*)?) => {
        impl<'de $(, $life)?> serde::Deserialize<'de> for $what $(<$life>)? {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                use $crate::galley::object::{Seen, place};
                const NAMES: &[&str] = &[$($name,)* $($($word,)*)?];
                struct Object $(<$life>)? (std::marker::PhantomData<$what $(<$life>)?>);
                impl<'de $(, $life)?> serde::de::Visitor<'de> for Object $(<$life>)? {
                    type Value = $what $(<$life>)?;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<Self::Value, A::Error> {
                        let mut object = $what::default();
                        let mut seen = Seen::default();
                        while let Some(at) = seen.next(NAMES, &mut map)? {
                            $(if at == const { place(NAMES, $name) } {
                                object.$field = map.next_value()?;
                            })*
                            $($(if at == const { place(NAMES, $word) } {
                                object.$null = Some(map.next_value()?);
                            })*)?
                        }
                        seen.all(NAMES, &[$($($needed),*)?])?;
                        Ok(object)
                    }
                }
                from.deserialize_map(Object(std::marker::PhantomData))
            }
        }
    };
}

pub use crate::object;
