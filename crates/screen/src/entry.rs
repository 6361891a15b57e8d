//! The names of an entry in the form in which they are compared.

use tamis_model::{Entity, EntityKind};
use tamis_names::{Class, Domain, NameForm, Reader, Token};

/// By whose rules the names of a kind are read.
pub(crate) const fn domain_of(kind: EntityKind) -> Domain {
    match kind {
        EntityKind::Person => Domain::Person,
        EntityKind::Organization => Domain::Organization,
        EntityKind::Vessel | EntityKind::Aircraft | EntityKind::Asset => Domain::Object,
    }
}

/// One form of one name of an entry.
pub(crate) struct EntryName {
    /// Which of the entry's names.
    pub(crate) name: u32,
    pub(crate) form: NameForm,
    /// Patronymics that other names of the entry give and this one does not.
    pub(crate) implied: Vec<Token>,
}

/// Every form of every name of `entity`, in its order.
pub(crate) fn names(entity: &Entity, reader: &mut Reader) -> Vec<EntryName> {
    let domain = domain_of(entity.kind);
    let numbered = (0u32..).zip(&entity.names);
    let forms: Vec<(u32, bool, NameForm)> = numbered
        .flat_map(|(at, name)| {
            let forms = reader.all(&name.text, domain);
            forms
                .into_iter()
                .map(move |form| (at, name.role.is_strong(), form))
        })
        .collect();
    let strong = forms.iter().filter(|(_, strong, _)| *strong);
    let mut known: Vec<(u32, Token)> = strong
        .flat_map(|(name, _, form)| patronymics(form).map(|token| (*name, token.clone())))
        .collect();
    known.sort_by(|(_, one), (_, two)| one.folded.cmp(&two.folded));
    // Another reading of the same name is no other name: what it takes for a patronymic says nothing against this one.
    let of_others = |name: u32| {
        let others = known.iter().filter(|(other, _)| *other != name);
        let mut others: Vec<Token> = others.map(|(_, token)| token.clone()).collect();
        others.dedup_by(|one, two| one.folded == two.folded);
        others
    };
    let implied = |name: u32, form: &NameForm| {
        if patronymics_of(form) {
            Vec::new()
        } else {
            of_others(name)
        }
    };
    forms
        .into_iter()
        .map(|(name, _, form)| EntryName {
            name,
            implied: implied(name, &form),
            form,
        })
        .collect()
}

fn patronymics(form: &NameForm) -> impl Iterator<Item = &Token> {
    form.tokens.iter().filter(|t| t.class == Class::Patronymic)
}

fn patronymics_of(form: &NameForm) -> bool {
    patronymics(form).next().is_some()
}

/// How many words and patronymics both names have at least.
pub(crate) fn words(one: &NameForm, two: &NameForm) -> usize {
    let words = |form: &NameForm| {
        form.tokens
            .iter()
            .filter(|t| matches!(t.class, Class::Word | Class::Patronymic))
            .count()
    };
    words(one).min(words(two))
}
