//! Ids that the stakes give to unlike names.

use std::collections::BTreeSet;
use tamis_model::Score;
use tamis_ownership::{Graph, PartyId, Problem};
use tamis_screen::{compare, unfit};

/// The parties whose id stands beside another name, which is none by which the engine would find this one.
pub(crate) fn unlike(graph: &Graph, threshold: Score) -> BTreeSet<PartyId> {
    let all = graph.parties().map(|(party, _)| party);
    let unlike = all.filter(|&party| {
        let mut others = graph.same_id(party).iter();
        others.any(|&other| are_unlike(graph, [party, other], threshold))
    });
    unlike.collect()
}

/// Whether two parties have names, and none of them is similar to one of the other's. Nobody can say so of a masked name, or of an id
/// that stands in the place of a name.
fn are_unlike(graph: &Graph, [one, two]: [PartyId; 2], threshold: Score) -> bool {
    let [ones, twos] = [one, two].map(|party| {
        let names = graph.names_of(party);
        let id = graph.party(party).id.as_deref();
        names
            .filter(|name| Some(*name) != id && unfit(name).is_none())
            .collect::<Vec<&str>>()
    });
    let mut pairs = ones
        .iter()
        .flat_map(|one| twos.iter().map(move |two| (*one, *two)));
    one != two
        && !ones.is_empty()
        && !twos.is_empty()
        && pairs.all(|(one, two)| is_unlike(one, two, threshold))
}

/// Whether the engine would not find one of two names by the other.
pub(crate) fn is_unlike(one: &str, two: &str, threshold: Score) -> bool {
    compare(one, two, None).score < threshold
}

/// What has to be told of a graph: ids that rows give to names which are not alike, each with the row that has the second of them. Of ids of
/// list entries the graph tells itself.
///
/// # Example
/// ```
/// use tamis_model::Score;
/// use tamis_ownership::{Builder, Named, Row, plain_key};
///
/// let mut builder = Builder::new(&plain_key).part_unlike(&tamis_related::words);
/// let at = |place: &str, row| Row { place: place.to_owned(), ..row };
/// builder.add(at("f.csv line 2", Row::stake(Named::new("Jane Roe"), Named::with_id("Meadow Ltd", "M-1"), None)));
/// builder.add(at("f.csv line 3", Row::stake(Named::with_id("Jane Roe", "M-1"), Named::new("Other Ltd"), None)));
/// let told = tamis_related::unlike_names(&builder.finish().0, Score::from_ten_thousandths(8_000), &|_| false);
/// assert!(told[0].to_string().starts_with("f.csv line 3: 'Meadow Ltd' and 'Jane Roe' both have the id M-1: check the ids"));
/// ```
pub fn unlike_names(graph: &Graph, threshold: Score, is_entry: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let all = graph.parties().map(|(party, _)| party);
    let groups = all.map(|party| graph.same_id(party)).collect::<BTreeSet<_>>();
    let problem = |group: &[PartyId]| {
        let id = graph
            .party(*group.first()?)
            .id
            .as_deref()
            .filter(|id| !is_entry(id))?;
        let mut pairs = group
            .iter()
            .enumerate()
            .flat_map(|(at, one)| group.iter().skip(at + 1).map(move |two| [*one, *two]));
        let pair = pairs.find(|pair| are_unlike(graph, *pair, threshold))?;
        let mut places = pair.map(|party| (place(graph, party), graph.party(party).name.as_str()));
        places.sort_unstable_by(|(one, _), (two, _)| in_order(one).cmp(&in_order(two)));
        let [(first, one), (second, two)] = places;
        Some(Problem {
            place: second.to_owned(),
            field: String::new(),
            text: format!(
                "'{one}' and '{two}' both have the id {id}: check the ids (the first stands in {first}); they are examined as one party and as two"
            ),
            used: true,
        })
    };
    groups.into_iter().filter_map(problem).collect()
}

/// Where a row gives a party its id, if another has it too; else where the party stands first.
pub(crate) fn place(graph: &Graph, party: PartyId) -> &str {
    let ties = graph.owned(party).iter().chain(graph.owners(party));
    let places = ties.map(|tie| tie.place.as_str());
    let first = || places.min_by_key(|place| in_order(place)).unwrap_or_default();
    graph.id_stated_at(party).unwrap_or_else(first)
}

/// Lines of a file in their order: the shorter number first.
fn in_order(place: &str) -> (usize, &str) {
    (place.len(), place)
}
