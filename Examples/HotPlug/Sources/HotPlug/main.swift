import Sharding

let shop = Shop()
let a = shop.node("a", ["desk", "mail", "prices"])
let b = shop.node("b", ["desk", "mail", "prices"])

try shop.desk.plug("Order")
try shop.append("Order", 0)
try shop.append("Invoice", 0)
async let first: Void = a.run()
try await shop.expect("node a starts", ["a": ["desk", "mail", "prices"]], handled: ["Order": 3])

async let second: Void = b.run()
try await shop.expect("node b joins", ["a": ["mail", "prices"], "b": ["desk"]], handled: ["Order": 3])

// Nobody has handled the invoices so far: they are caught up with.
try shop.desk.plug("Invoice")
try await shop.expect(
    "Invoice is plugged in", ["a": ["mail", "prices"], "b": ["desk"]], handled: ["Invoice": 3, "Order": 3])

// First to the node that has less to do, so that nothing has to move when the other one offers it as well.
try await b.add(shop.process("audit", on: "b"))
try await shop.expectOffers(4, of: "b", seenBy: a)
try await a.add(shop.process("audit", on: "a"))
try await shop.expectOffers(4, of: "a", seenBy: b)
try await shop.expect(
    "audit is added", ["a": ["mail", "prices"], "b": ["audit", "desk"]], handled: ["Invoice": 3, "Order": 3])

// What an operator decides comes first, then balance: another process makes room.
try await a.place("mail", on: "b")
try await shop.expect(
    "mail is placed on b", ["a": ["audit", "prices"], "b": ["desk", "mail"]], handled: ["Invoice": 3, "Order": 3])

try await b.pause("prices")
try await shop.expect(
    "prices is paused", ["a": ["audit"], "b": ["desk", "mail"]], handled: ["Invoice": 3, "Order": 3])

// The handlers go with the desk, and go on where they were.
try await a.place("desk", on: "a")
try shop.append("Order", 1)
try shop.append("Invoice", 1)
try await shop.expect(
    "desk is placed on a", ["a": ["audit", "desk"], "b": ["mail"]], handled: ["Invoice": 6, "Order": 6])

try await a.resume("prices")
try await shop.expect(
    "prices is resumed", ["a": ["audit", "desk"], "b": ["mail", "prices"]], handled: ["Invoice": 6, "Order": 6])

try await shop.desk.unplug("Order")
try shop.append("Order", 2)
try shop.append("Invoice", 2)
try await shop.expect(
    "Order is unplugged", ["a": ["audit", "desk"], "b": ["mail", "prices"]], handled: ["Invoice": 9, "Order": 6])

// It gets what came while nobody handled it.
try shop.desk.plug("Order")
try await shop.expect(
    "Order is plugged in again", ["a": ["audit", "desk"], "b": ["mail", "prices"]], handled: ["Invoice": 9, "Order": 9])

// Node b is the only one left that can run it; prices makes room.
try await a.remove("audit")
try await shop.expect(
    "audit is removed from a", ["a": ["desk", "prices"], "b": ["audit", "mail"]], handled: ["Invoice": 9, "Order": 9])

try await b.remove("audit")
try await shop.expect(
    "audit is removed from b", ["a": ["desk", "prices"], "b": ["mail"]], handled: ["Invoice": 9, "Order": 9])

try await b.stop()
try await second
try await shop.expect("node b leaves", ["a": ["desk", "mail", "prices"]], handled: ["Invoice": 9, "Order": 9])

try await a.stop()
try await first
try await shop.expect("node a leaves", [:], handled: ["Invoice": 9, "Order": 9])

let audit = OwnershipAudit(try await shop.store.epochs(of: Desk.deployment))
print(audit)
if !audit.findings.isEmpty { fatalError("two nodes could have committed for one process at once") }
