use proptest::prelude::*;

use super::*;

fn assemble(assembler: &mut Assembler, pieces: &[Vec<u8>]) -> Vec<Result<Vec<u8>, FragmentFault>> {
    let mut out = Vec::new();
    for piece in pieces {
        assembler.feed(piece, |whole| out.push(whole.map(|whole| whole.message.to_vec())));
    }
    out
}

fn fragment(object: u64, id: u64, flags: u8, blob: &[u8]) -> Vec<u8> {
    let length = u32::try_from(blob.len()).expect("small").to_be_bytes();
    [&object.to_be_bytes()[..], &id.to_be_bytes(), &[flags], &length, blob].concat()
}

#[test]
fn a_fragment_is_laid_out_as_the_specification_says() {
    // [MS-PSRP] 2.2.4
    let pieces = Fragmenter::default().cut(b"ab");
    assert_eq!(pieces, [fragment(1, 0, START | END, b"ab")]);
}

#[test]
fn objects_interleave() {
    let mut assembler = Assembler::new(100);
    let pieces = [
        fragment(1, 0, START, b"a"),
        fragment(2, 0, START, b"x"),
        fragment(3, 0, START | END, b"whole"),
        fragment(2, 1, 0, b"y"),
        fragment(1, 1, END, b"b"),
        fragment(2, 2, END, b"z"),
    ];
    let expected = [b"whole".to_vec(), b"ab".to_vec(), b"xyz".to_vec()];
    assert_eq!(assemble(&mut assembler, &pieces), expected.map(Ok));
    assert_eq!(assembler.held, 0);
}

#[test]
fn several_fragments_may_come_at_once() {
    let both = [fragment(1, 0, START | END, b"a"), fragment(2, 0, START | END, b"b")].concat();
    assert_eq!(assemble(&mut Assembler::new(100), &[both]), [Ok(b"a".to_vec()), Ok(b"b".to_vec())]);
}

#[test]
fn what_is_lost_is_told_once_and_harms_nothing_else() {
    for (pieces, fault) in [
        (vec![fragment(1, 1, 0, b"a"), fragment(1, 2, END, b"b")], FragmentFault::OutOfOrder),
        (
            vec![fragment(1, 0, START, b"a"), fragment(1, 2, 0, b"c"), fragment(1, 3, END, b"d")],
            FragmentFault::OutOfOrder,
        ),
        (vec![fragment(1, 0, START, b"a"), fragment(1, 0, START, b"a")], FragmentFault::OutOfOrder),
        (vec![fragment(1, 0, START, &[0; 60]), fragment(1, 1, 0, &[0; 60])], FragmentFault::TooLarge),
        (vec![fragment(1, 0, START | END, &[0; 101])], FragmentFault::TooLarge),
        (vec![vec![1, 2, 3]], FragmentFault::Malformed),
    ] {
        let mut assembler = Assembler::new(100);
        assert_eq!(assemble(&mut assembler, &pieces), [Err(fault)], "{pieces:?}");
        assert_eq!(assembler.held, 0);
        assert_eq!(assemble(&mut assembler, &[fragment(9, 0, START | END, b"on")]), [Ok(b"on".to_vec())]);
    }
}

#[test]
fn incomplete_objects_are_bounded() {
    let mut assembler = Assembler::new(1000);
    let pieces: Vec<_> = (0..70).map(|object| fragment(object, 0, START, b"x")).collect();
    let faults = assemble(&mut assembler, &pieces);
    assert_eq!(faults, vec![Err(FragmentFault::TooMany); 6]);
    assert_eq!(assembler.held, OPEN_OBJECTS);
}

proptest! {
    #[test]
    fn what_is_cut_is_put_together(sizes in proptest::collection::vec(0_usize..200_000, 1..4)) {
        let mut fragmenter = Fragmenter::default();
        let mut assembler = Assembler::new(1 << 20);
        for size in sizes {
            let message: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).expect("small")).collect();
            let pieces = fragmenter.cut(&message);
            prop_assert!(pieces.iter().all(|piece| piece.len() <= LARGEST));
            if size > 0 {
                prop_assert_eq!(assemble(&mut assembler, &pieces), [Ok(message)]);
            }
        }
    }

    #[test]
    fn any_bytes_are_taken(pieces in proptest::collection::vec(any::<Vec<u8>>(), 0..20)) {
        let mut assembler = Assembler::new(50);
        assemble(&mut assembler, &pieces);
        prop_assert!(assembler.held <= 50);
    }
}
