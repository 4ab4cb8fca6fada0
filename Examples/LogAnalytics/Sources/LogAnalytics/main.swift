import ActorProcessing
import ActorProcessingFiles

let path = CommandLine.arguments.dropFirst().first ?? "loans.xes"
let feed = XESFeed(.file(path))
let steps = StepTable()
try await Reactor(name: "steps", feed: feed, handler: StepHandler(steps: steps)).run()

func hours(_ duration: Duration?) -> String {
    guard let duration else { return "?" }
    return "\((duration / .seconds(360)).rounded() / 10) h"
}

let found = steps.byFrequency
print("\(feed.progress.events) events, \(found.count) different steps\n\nThe most frequent:")
for (step, figures) in found.prefix(8) { print("  \(figures.count) x \(step), \(hours(figures.mean)) on average") }

/// All the time that cases have spent between two activities: where making it shorter would help most.
let waits = found.sorted { $0.figures.total > $1.figures.total }
print("\nWhere cases have waited longest, all together:")
for (step, figures) in waits.prefix(3) { print("  \(step): \(hours(figures.total))") }
