//! The classes, by what they change. Each function's first line says what it imitates; the report repeats it.

mod companies;
mod disguise;
mod order;
mod parts;
mod people;
mod signs;
mod spacing;
mod spelling;
mod typos;

use crate::class::Class;

/// Every class, in the order of the report.
pub(crate) const ALL: [&[Class]; 9] = [
    order::CLASSES,
    typos::CLASSES,
    parts::CLASSES,
    spacing::CLASSES,
    signs::CLASSES,
    spelling::CLASSES,
    people::CLASSES,
    companies::CLASSES,
    disguise::CLASSES,
];

/// A class, written on one line of a table.
macro_rules! class {
    ($id:literal, $scope:ident, $change:expr, $about:literal) => {
        crate::class::Class {
            id: $id,
            scope: crate::class::Scope::$scope,
            about: $about,
            change: $change,
        }
    };
}
pub(crate) use class;
