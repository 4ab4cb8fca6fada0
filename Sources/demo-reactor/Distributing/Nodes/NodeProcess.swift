#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A node in an operating system process of its own, which this process has started.
///
/// Its number is its own until ``end()`` has been told that it has ended: no signal reaches another process by mistake.
struct NodeProcess: Sendable {
    /// How a process has ended.
    enum End: Sendable, Hashable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    let number: Int32
    private let orders: Int32

    /// Starts a process whose output goes behind what is in the file `log`.
    ///
    /// It is in a process group of its own: an interrupt at the terminal doesn't reach it, and the system ends it if it is stopped
    /// when this process goes.
    static func start(_ executable: String, _ arguments: [String], log: String) throws(DistributedError) -> NodeProcess
    {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw Self.error("a pipe can't be made", errno) }
        defer { close(ends[0]) }
        // Nobody but this process has the end that orders are written to, or the other wouldn't hear that it has gone.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #if canImport(Darwin)
            var (files, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?)
        #else
            var (files, attributes) = unsafe (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #endif
        unsafe posix_spawn_file_actions_init(&files)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&files)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO)
        unsafe posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        unsafe posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
        // Who waits for the end of somebody else's pipe would wait for the node as well.
        for descriptor in openDescriptors { unsafe posix_spawn_file_actions_addclose(&files, descriptor) }
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var number: pid_t = 0
        // `unsafe`: the strings live until they are freed below, when the process has copies of its own.
        var texts = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
        defer { for place in unsafe texts.indices { unsafe free(texts[place]) } }
        let status = unsafe posix_spawn(&number, executable, &files, &attributes, &texts, environ)
        guard status == 0 else {
            close(ends[1])
            throw Self.error("'\(executable)' can't be started", status)
        }
        return NodeProcess(number: number, orders: ends[1])
    }

    /// The descriptors of this process beyond the standard ones, those of others who start processes in it among them.
    private static var openDescriptors: [Int32] {
        guard let folder = unsafe opendir("/dev/fd") else { return [] }
        defer { unsafe _ = closedir(folder) }
        var found: [Int32] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
                unsafe String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let descriptor = Int32(name), descriptor > STDERR_FILENO { found.append(descriptor) }
        }
        return found
    }

    private static func error(_ what: String, _ number: Int32) -> DistributedError {
        DistributedError("\(what): \(unsafe String(cString: strerror(number)))")
    }

    func send(_ signal: Int32) { kill(number, signal) }

    func send(_ order: NodeOrder) {
        var byte = order.rawValue
        // Whoever has ended already needs no orders.
        _ = unsafe write(orders, &byte, 1)
    }

    /// How it has ended; `nil` while it lives. To be called until it has, and not after.
    func end() -> End? { end(waiting: WNOHANG) }

    /// Kills it, and waits until it has ended.
    func remove() {
        send(SIGKILL)
        while end(waiting: 0) == nil { continue }
    }

    private func end(waiting options: Int32) -> End? {
        var status: Int32 = 0
        guard unsafe waitpid(number, &status, options) == number else { return nil }
        close(orders)
        // The macros that take a status apart aren't imported.
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }
}
