//! The modules of a crate as the compiler finds them, and where the paths in them lead.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// A file, which is a module.
pub(crate) struct Module {
    pub(crate) crate_name: String,
    /// From the project's root.
    pub(crate) path: String,
    /// Compiled for tests alone.
    pub(crate) is_test: bool,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    contents: Contents,
}

/// A file that needs what another one defines.
pub(crate) struct Use {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The path as it is written.
    pub(crate) written: String,
}

/// What stands in a file, outside of tests.
#[derive(Default)]
struct Contents {
    /// Names that it defines.
    items: BTreeSet<String>,
    /// Names that it imports, and their paths.
    imports: BTreeMap<String, Import>,
    /// Modules of which it imports all.
    globs: Vec<Vec<String>>,
    /// Paths in its code.
    paths: BTreeSet<Vec<String>>,
    /// Its modules in other files, with whether they are for tests.
    children: Vec<(String, bool)>,
}

struct Import {
    path: Vec<String>,
    is_reexport: bool,
}

/// All `.rs` files below `folder`, from the project's root.
pub(crate) fn rust_files(project: &Path, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(project.join(folder)).expect("a folder of sources");
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(rust_files(project, &path));
        } else if path.ends_with(".rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Reads crates from the file that each begins in.
pub(crate) fn read_crates(project: &Path, crates: &[(&str, &str)]) -> Vec<Module> {
    let mut modules = Vec::new();
    for (name, root) in crates {
        read_module(project, &mut modules, name, root, None, false);
    }
    modules
}

fn read_module(
    project: &Path,
    modules: &mut Vec<Module>,
    crate_name: &str,
    path: &str,
    parent: Option<usize>,
    is_test: bool,
) -> usize {
    let text =
        std::fs::read_to_string(project.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    let file = syn::parse_file(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut reader = Reader::default();
    reader.visit_file(&file);
    let children = std::mem::take(&mut reader.contents.children);
    let index = modules.len();
    modules.push(Module {
        crate_name: crate_name.to_owned(),
        path: path.to_owned(),
        is_test,
        parent,
        children: BTreeMap::new(),
        contents: reader.contents,
    });
    let (folder, name) = path.rsplit_once('/').expect("a file in a folder");
    let is_folder = parent.is_none() || name == "mod.rs";
    let folder = match is_folder {
        true => folder.to_owned(),
        false => path.trim_end_matches(".rs").to_owned(),
    };
    for (child, child_is_test) in children {
        let paths = [format!("{folder}/{child}.rs"), format!("{folder}/{child}/mod.rs")];
        let found = paths.iter().find(|path| project.join(path).is_file());
        let found = found.unwrap_or_else(|| panic!("{path}: where is mod {child}?"));
        let is_test = is_test || child_is_test;
        let at = read_module(project, modules, crate_name, found, Some(index), is_test);
        if !child_is_test {
            modules[index].children.insert(child, at);
        }
    }
    index
}

/// The uses of all modules that are not tests.
pub(crate) fn find_uses(modules: &[Module]) -> Vec<Use> {
    let resolver = Resolver { modules };
    let mut uses = Vec::new();
    for (from, module) in modules.iter().enumerate().filter(|(_, module)| !module.is_test) {
        let contents = &module.contents;
        let imports = contents.imports.values().filter(|import| !import.is_reexport);
        let mut found: BTreeMap<usize, &Vec<String>> = BTreeMap::new();
        for path in imports.map(|import| &import.path).chain(&contents.paths) {
            if let Some(Target::Item(to)) = resolver.resolve(from, path, &mut Visited::new())
                && to != from
            {
                found.entry(to).or_insert(path);
            }
        }
        uses.extend(found.into_iter().map(|(to, path)| Use { from, to, written: path.join("::") }));
    }
    uses
}

/// What a path leads to.
#[derive(Clone, Copy)]
enum Target {
    Module(usize),
    /// Something that this module defines.
    Item(usize),
}

/// Names that were looked up on the way, each in a module.
type Visited = BTreeSet<(usize, String)>;

struct Resolver<'a> {
    modules: &'a [Module],
}

impl Resolver<'_> {
    /// Where `path`, written in `module`, leads; `None` for what no crate of ours defines.
    fn resolve(&self, module: usize, path: &[String], visited: &mut Visited) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.descend(self.root(module), rest, visited),
            "self" => self.descend(module, rest, visited),
            "super" => self.descend(self.modules[module].parent?, rest, visited),
            _ => {
                if let Some(target) = self.find(module, first, rest, visited) {
                    return Some(target);
                }
                let root = self.modules.iter().position(|other| {
                    other.parent.is_none() && other.crate_name == *first && first.contains('_')
                });
                self.descend(root?, rest, visited)
            }
        }
    }

    /// Where the rest of a path leads that has come to `module`.
    fn descend(&self, module: usize, rest: &[String], visited: &mut Visited) -> Option<Target> {
        let Some((first, after)) = rest.split_first() else {
            return Some(Target::Module(module));
        };
        match first.as_str() {
            "super" => self.descend(self.modules[module].parent?, after, visited),
            "self" => self.descend(module, after, visited),
            // What nobody is seen to define, a macro may have.
            _ => Some(self.find(module, first, after, visited).unwrap_or(Target::Item(module))),
        }
    }

    /// Where `name` in `module` leads, when the module has something of that name.
    fn find(
        &self,
        module: usize,
        name: &str,
        rest: &[String],
        visited: &mut Visited,
    ) -> Option<Target> {
        // Re-exports may lead in a circle.
        if !visited.insert((module, name.to_owned())) {
            return None;
        }
        let contents = &self.modules[module].contents;
        if contents.items.contains(name) {
            return Some(Target::Item(module));
        }
        if let Some(child) = self.modules[module].children.get(name) {
            return self.descend(*child, rest, visited);
        }
        if let Some(import) = contents.imports.get(name) {
            let mut path = import.path.clone();
            path.extend_from_slice(rest);
            // An import such as `use time::time` must not be looked up in itself.
            if path.first().is_some_and(|first| first == name) {
                let root = self.modules.iter().position(|other| {
                    other.parent.is_none() && other.crate_name == *name && name.contains('_')
                });
                return self.descend(root?, &path[1..], visited);
            }
            return self.resolve(module, &path, visited);
        }
        contents.globs.iter().find_map(|glob| {
            match self.resolve(module, glob, visited)? {
                Target::Module(other) if other != module => self.find(other, name, rest, visited),
                // All variants of an enum: it is used by its own path.
                _ => None,
            }
        })
    }

    fn root(&self, module: usize) -> usize {
        let mut root = module;
        while let Some(parent) = self.modules[root].parent {
            root = parent;
        }
        root
    }
}

/// Collects what stands in a file.
#[derive(Default)]
struct Reader {
    contents: Contents,
    /// How many modules written out in the file are around what is read.
    inline_depth: usize,
}

impl Reader {
    /// A path as the file's own module would write it.
    fn seen_from_file(&self, mut path: Vec<String>) -> Vec<String> {
        for _ in 0..self.inline_depth {
            if path.first().is_some_and(|first| first == "super") {
                path.remove(0);
            }
        }
        path
    }

    fn add_path(&mut self, path: Vec<String>) {
        let path = self.seen_from_file(path);
        self.contents.paths.insert(path);
    }

    fn add_imports(&mut self, tree: &UseTree, before: &[String], is_reexport: bool) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(part) => {
                self.add_imports(&part.tree, &with(part.ident.to_string()), is_reexport);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_imports(tree, before, is_reexport);
                }
            }
            UseTree::Glob(_) => {
                let path = self.seen_from_file(before.to_vec());
                self.contents.globs.push(path);
            }
            UseTree::Name(name) if name.ident == "self" => {
                let last = before.last().cloned().unwrap_or_default();
                self.add_import(last, before.to_vec(), is_reexport);
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.add_import(name.clone(), with(name), is_reexport);
            }
            UseTree::Rename(renamed) => {
                let path = match renamed.ident == "self" {
                    true => before.to_vec(),
                    false => with(renamed.ident.to_string()),
                };
                let mut name = renamed.rename.to_string();
                if name == "_" {
                    name = format!("_ for {}", path.join("::"));
                }
                self.add_import(name, path, is_reexport);
            }
        }
    }

    fn add_import(&mut self, name: String, path: Vec<String>, is_reexport: bool) {
        let path = self.seen_from_file(path);
        self.contents.imports.insert(name, Import { path, is_reexport });
    }

    /// Paths among tokens: names with `::` between them.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if colons == 2 && !path.is_empty() => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Ident(ident) => {
                    self.end_path(&mut path);
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.end_path(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.scan_tokens(group.stream());
                    }
                }
            }
        }
        self.end_path(&mut path);
    }

    fn end_path(&mut self, path: &mut Vec<String>) {
        if !path.is_empty() {
            self.add_path(std::mem::take(path));
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (name, attributes) = name_and_attributes(item);
        if is_for_tests(attributes) {
            if let Item::Mod(module) = item
                && module.content.is_none()
            {
                self.contents.children.push((module.ident.to_string(), true));
            }
            return;
        }
        match item {
            Item::Mod(module) if module.content.is_none() => {
                self.contents.children.push((module.ident.to_string(), false));
                return;
            }
            Item::Use(item) => {
                let is_reexport = !matches!(item.vis, Visibility::Inherited);
                self.add_imports(&item.tree, &[], is_reexport);
                return;
            }
            _ => {}
        }
        if let Some(name) = name
            && self.inline_depth == 0
        {
            self.contents.items.insert(name);
        }
        let is_module = matches!(item, Item::Mod(_));
        self.inline_depth += usize::from(is_module);
        visit::visit_item(self, item);
        self.inline_depth -= usize::from(is_module);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_for_tests(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add_path(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.scan_tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

pub(crate) fn name_and_attributes(item: &Item) -> (Option<String>, &[Attribute]) {
    let (name, attributes) = match item {
        Item::Const(item) => (Some(&item.ident), &item.attrs),
        Item::Enum(item) => (Some(&item.ident), &item.attrs),
        Item::Fn(item) => (Some(&item.sig.ident), &item.attrs),
        Item::Impl(item) => (None, &item.attrs),
        Item::Macro(item) => (item.ident.as_ref(), &item.attrs),
        Item::Mod(item) => (Some(&item.ident), &item.attrs),
        Item::Static(item) => (Some(&item.ident), &item.attrs),
        Item::Struct(item) => (Some(&item.ident), &item.attrs),
        Item::Trait(item) => (Some(&item.ident), &item.attrs),
        Item::Type(item) => (Some(&item.ident), &item.attrs),
        Item::Union(item) => (Some(&item.ident), &item.attrs),
        Item::Use(item) => (None, &item.attrs),
        _ => return (None, &[]),
    };
    (name.map(ToString::to_string), attributes)
}

/// `#[test]`, or a `#[cfg(…)]` that asks for tests.
pub(crate) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        if attribute.path().is_ident("test") {
            return true;
        }
        let syn::Meta::List(list) = &attribute.meta else {
            return false;
        };
        let tokens = list.tokens.to_string();
        list.path.is_ident("cfg")
            && tokens.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test")
            && !tokens.contains("not")
    })
}
