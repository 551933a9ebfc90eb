namespace Harness.Cli;

/// <summary>Sends what code of others prints to standard error: standard output is the answer and nothing else.</summary>
internal static class StandardOutput
{
    private static readonly Lock s_lock = new();
    private static int s_redirections;
    private static TextWriter s_true = TextWriter.Null;

    /// <summary>
    /// Until it is disposed, <see cref="Console.Out"/> is <see cref="Console.Error"/>. A <see cref="CommandContext"/> keeps the true one. The console
    /// belongs to the whole process, so redirections that overlap in time are counted: the first one in redirects, the last one out restores.
    /// </summary>
    public static IDisposable ToError()
    {
        lock (s_lock)
        {
            if (s_redirections++ == 0)
            {
                s_true = Console.Out;
                Console.SetOut(Console.Error);
            }
        }

        return new Redirection();
    }

    private sealed class Redirection : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            lock (s_lock)
            {
                if (!_ended && --s_redirections == 0)
                    Console.SetOut(s_true);
                _ended = true;
            }
        }
    }
}
