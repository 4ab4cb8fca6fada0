#if SQLite
    import Sharding

    extension WriteTransaction {
        /// Checks a fence under which something is going to be written, and records that it is.
        ///
        /// - Returns: its scope's number.
        /// - Throws: `StoreError` of code `StoreError.Code.staleFence`, or ``SQLiteError``.
        @discardableResult
        func admit(_ fence: Fence) throws -> Int64 {
            let scope = try Names(connection).number(checking: fence)
            try note(scope, fence.epoch)
            return scope
        }

        /// Records that this transaction commits something under an epoch.
        func note(_ scope: Int64, _ epoch: UInt64) throws {
            if noted.contains(where: { $0.scope == scope && $0.epoch == epoch }) { return }
            let number = try number ?? takeNumber()
            self.number = number
            try EpochTable(self).committed(scope, epoch, in: number)
            noted.append((scope, epoch))
        }

        /// A number of its own for a change of owner: what is noted before and after it in this transaction has others.
        func takeNumber() throws -> Int64 {
            forgetNotes()
            return try Names(connection).take(1, of: .transactions).lowerBound
        }

        /// What was noted isn't in the file any more, or an owner has changed: it is noted again from here on.
        func forgetNotes() {
            number = nil
            noted = []
        }
    }
#endif
