import Supervision
import Testing

@Suite("ProcessGroupMachine, properties")
struct ProcessGroupMachinePropertyTests {
    @Test("It orders what one would who compares what should run with what does", arguments: Seeds.many)
    func againstModel(seed: UInt64) {
        var driver = ProcessGroupMachineDriver(seed: seed)
        for _ in 0..<200 { driver.step() }
        driver.settle()
        #expect(driver.starts > 0 && driver.finishes > 0)
    }
}
