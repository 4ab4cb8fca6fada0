import Sharding
import Supervision

// Messages to streams leave the outbox for the journal.
extension ControlDesk {
    /// To how many receivers is appended side by side, and how many messages at once to each: a journal may commit them together.
    private static let (receivers, messages) = (64, 256)

    func pumpMessages() async throws {
        guard let route = core.sinks.route else { return }
        while true {
            let batches = try await core.messages.next(
                receivers: Self.receivers, messages: Self.messages, on: executor)
            // Who has lost the lease must not append for the one that has it now: its run is about to end.
            try await handingOver {}
            let reports = await deliver(batches, through: route)
            await mark(reports.flatMap(\.done))
            do {
                for report in reports { try settle(report, of: batches) }
            } catch {
                core.messages.failed()
                throw error
            }
        }
    }

    private func deliver(_ batches: [MessageBatch], through route: MessageRoute) async -> [MessageReport] {
        if batches.count == 1 { return [await route.deliver(batches[0])] }
        return await withTaskGroup(of: MessageReport.self) { group in
            for batch in batches {
                group.addTask { await self.deliver(batch, through: route) }
            }
            var reports: [MessageReport] = []
            for await report in group { reports.append(report) }
            return reports
        }
    }

    private func deliver(_ batch: MessageBatch, through route: MessageRoute) async -> MessageReport {
        await route.deliver(batch)
    }

    /// - Throws: what waiting doesn't help against.
    private func settle(_ report: MessageReport, of batches: [MessageBatch]) throws {
        for (message, error) in report.refused {
            core.tell(.messageRefused(message.event.id ?? "", from: message.sender, to: message.receiver, error))
        }
        guard let failure = report.failure else { return core.messages.delivered(report, retryAt: nil) }
        if Task.isCancelled { throw CancellationError() }
        guard ErrorClass(classifying: failure) != .permanent else { throw failure }
        let before = batches.first { $0.receiver == report.receiver }?.failures ?? 0
        let attempt = report.done.isEmpty ? before + 1 : 1
        core.tell(.deliveryRetried(attempt: attempt, failure))
        let wait = core.configuration.storeBackoff.delay(forAttempt: attempt, using: &generator)
        core.messages.delivered(report, retryAt: clock.now.advanced(by: wait))
    }

    private func mark(_ messages: [OutgoingMessage]) async {
        for (fence, messages) in Dictionary(grouping: messages, by: \.fence) {
            do {
                try await core.store.outputsDelivered(
                    messages.map { ($0.sender, $0.place.position, $0.place.ordinal) }, of: fence.scope, fence: fence)
            } catch {
                core.tell(.deliveryNotMarked(error))
            }
        }
    }
}
