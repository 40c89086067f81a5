use super::*;
use crate::shell::fault::ReadError;

/// `psrp` has words of its own for logs and records; the English here is the same.
#[test]
fn a_fault_of_the_protocol_has_one_english() {
    let name = || "PIPELINE_OUTPUT".to_owned();
    let mut faults = vec![
        ProtocolFault::Header,
        ProtocolFault::UnknownMessage(0x41_0ff),
        ProtocolFault::Incomplete(name()),
        ProtocolFault::WrongPipeline(name()),
        ProtocolFault::Torn(3),
        ProtocolFault::KeyExchange,
    ];
    for fault in
        [FragmentFault::Malformed, FragmentFault::OutOfOrder, FragmentFault::TooLarge, FragmentFault::TooMany]
    {
        faults.push(ProtocolFault::Fragment(fault));
    }
    for reason in [
        ReadReason::Malformed,
        ReadReason::Truncated,
        ReadReason::Empty,
        ReadReason::TooDeep,
        ReadReason::TooMany,
    ] {
        faults.push(ProtocolFault::Unreadable { message: name(), error: ReadError { offset: 7, reason } });
    }
    for fault in faults {
        assert_eq!(Text::default().protocol_fault(&fault), fault.to_string());
    }
    let broken = PoolFailure::Broken(None);
    assert_eq!(Text::default().program_end(&ProgramEnd::NoRunspace(broken.clone())), broken.to_string());
}
