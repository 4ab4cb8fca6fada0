#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the library can do: a shop in disorder, checked against a plain sequential fold, and the cases of any log.
@main
struct DemoReactor {
    static func main() async {
        // Who reads no more is told about as any other failure to write.
        signal(SIGPIPE, SIG_IGN)
        let code: ExitCode
        do {
            switch try DemoCommand(Array(CommandLine.arguments.dropFirst())) {
            case .help:
                Terminal.write(DemoCommand.helpText)
                code = .success
            case .shop(let options):
                code = try await ShopDemo(options).run()
            case .verify(let options):
                code = try await VerifyCommand(options: options).run()
            case .rebuild(let options):
                code = try await RebuildCommand(options: options).run()
            case .distributed(let options):
                code = try await DistributedDemo(options).run()
            case .node(let options):
                code = try await NodeCommand(options: options).run()
            #if Files
                case .cases(let options):
                    code = try await CaseCommand(options: options).run()
                case .generate(let options):
                    code = await GenerateCommand(options: options).run()
            #endif
            }
        } catch {
            Terminal.complain("demo-reactor: \(error)\nTry 'demo-reactor --help'.\n")
            code = .usage
        }
        exit(code.rawValue)
    }
}

/// What the process ends with.
enum ExitCode: Int32 {
    /// All is well: everything agrees, or everything was read, or help was asked for.
    case success = 0
    /// The reactor's results and the fold's differ.
    case disagreement = 1
    /// The command line makes no sense.
    case usage = 2
    /// The reactor has failed, or a file.
    case failed = 3
    /// Stopped by SIGINT before the end; nothing was compared.
    case interrupted = 130
}
