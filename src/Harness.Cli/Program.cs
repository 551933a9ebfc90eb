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
return HarnessCli.Run(args, Console.Out, Console.Error, stop.Token);
