namespace Harness.Cli;

/// <summary>Sends what code of others prints to standard error: standard output is the answer and nothing else.</summary>
internal static class StandardOutput
{
    /// <summary>Until it is disposed, <see cref="Console.Out"/> is <see cref="Console.Error"/>. A <see cref="CommandContext"/> keeps the true one.</summary>
    public static IDisposable ToError()
    {
        var previous = Console.Out;
        Console.SetOut(Console.Error);
        return new Restored(previous);
    }

    private sealed class Restored(TextWriter previous) : IDisposable
    {
        public void Dispose() => Console.SetOut(previous);
    }
}
