using Spectre.Console;

namespace Harness.Cli;

/// <summary>What a running command talks to. Nothing in a command uses <see cref="System.Console"/>: so it runs inside a test as it is.</summary>
public sealed class CommandContext
{
    /// <summary>Creates a context.</summary>
    /// <param name="output">Standard output: the answer and nothing else.</param>
    /// <param name="error">Standard error: messages and progress.</param>
    /// <param name="cancellation">Set by Ctrl-C.</param>
    public CommandContext(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        (Output, Error, Cancellation) = (output, error, cancellation);
        Console = Terminal.Over(output, Terminal.IsOutput(output));
    }

    /// <summary>Standard output, plain.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error, plain.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard output for tables; colour only on a terminal. Not to be used together with <c>--json</c>.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Set by Ctrl-C; commands finish their record, then throw <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Writes the one document of <c>--json</c>.</summary>
    /// <param name="document">See <see cref="JsonDocumentWriter.Write"/>.</param>
    public void WriteJson(object document) => JsonDocumentWriter.Write(Output, document);

    /// <summary>Runs <paramref name="work"/> under a progress bar on standard error; without one where that is no terminal.</summary>
    /// <param name="title">What is being done, e.g. <c>training superposition</c>; plain text.</param>
    /// <param name="work">Reports fractions 0 … 1.</param>
    /// <returns>What <paramref name="work"/> returns.</returns>
    public T Watch<T>(string title, Func<IProgress<double>, T> work)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(work);
        if (!Terminal.IsError(Error))
            return work(new Fraction(null));
        return Terminal.Over(Error, isTerminal: true).Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(display => work(new Fraction(display.AddTask(Markup.Escape(title), maxValue: 1))));
    }

    // Progress<T> would report through the thread pool, out of order and after the end.
    private sealed class Fraction(ProgressTask? task) : IProgress<double>
    {
        public void Report(double value)
        {
            if (task is not null)
                task.Value = Math.Clamp(value, 0, 1);
        }
    }
}
