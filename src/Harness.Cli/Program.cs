using System.Runtime.InteropServices;
using Harness.Cli;

using var stop = new CancellationTokenSource();
// The first signal asks: the command finishes its record. The second one ends the process.
void Ask(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);

// A plug-in that ends the process must not look like a pass.
var ended = false;
AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = ended ? Environment.ExitCode : ExitCode.Internal;
var code = HarnessCli.Run(args, Console.Out, Console.Error, stop.Token);
ended = true;
return code;
