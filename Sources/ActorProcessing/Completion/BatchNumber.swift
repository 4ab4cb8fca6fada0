/// A batch's number in one partition's ``CompletionMachine``: dense, from 0, in the order in which batches were opened.
public typealias BatchNumber = UInt64
