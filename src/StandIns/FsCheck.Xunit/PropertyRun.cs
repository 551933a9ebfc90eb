using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace FsCheck.Xunit;

/// <summary>Follows one run of FsCheck and reports it: statistics to the test's output, a failure as an exception.</summary>
internal sealed class PropertyRun(MethodInfo method, Type testClass, ITestOutputHelper output) : IRunner
{
    private TestResult? _result;

    public void OnStartFixture(Type fixture)
    {
    }

    public void OnArguments(int test, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) =>
        every.Invoke(test).Invoke(arguments);

    public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> everyShrink) => everyShrink.Invoke(arguments);

    public void OnFinished(string name, TestResult result) => _result = result;

    public string WriteCase(int test, object[] arguments) => Write(string.Create(CultureInfo.InvariantCulture, $"{test}:"), arguments);

    public string WriteShrink(object[] arguments) => Write("shrink:", arguments);

    /// <summary>Throws when the property was falsified or exhausted; otherwise writes what passed, unless it is to be quiet.</summary>
    public void ThrowIfFailed()
    {
        switch (_result)
        {
            case TestResult.Passed passed:
                if (!passed.Item2)
                    output.WriteLine(Runner.onFinishedToString("", passed).TrimEnd());
                break;
            case TestResult.Exhausted exhausted:
                throw new PropertyFailedException(Exhausted(exhausted.Item), null);
            case TestResult.Failed failed:
                var cause = failed.Item4 is Outcome.Failed { Item: var exception } ? Unwrap(exception) : null;
                throw new PropertyFailedException(Falsified(failed), cause);
            default:
                throw new InvalidOperationException($"FsCheck ended without a result for {testClass.FullName}.{method.Name}.");
        }
    }

    private static string Exhausted(TestData data) =>
        $"Exhausted: only {Count(data.NumberOfTests, "case")} passed before too many were rejected by a precondition. " +
        "Generate valid cases directly (Arbitrary = ...) or raise MaxRejected.";

    private string Falsified(TestResult.Failed failed)
    {
        var (data, original, shrunk, seed, size) = (failed.Item1, failed.Item2, failed.Item3, failed.Item6, failed.Item7);
        var replay = string.Create(CultureInfo.InvariantCulture, $"{seed.Seed},{seed.Gamma},{size}");
        var text = new StringBuilder();
        text.AppendLine($"Falsified after {Count(data.NumberOfTests, "test")} ({Count(data.NumberOfShrinks, "shrink")}).");
        if (!data.Labels.IsEmpty)
            text.AppendLine($"Failing label: {string.Join("; ", data.Labels)}");
        text.AppendLine("Original:").Append(Describe(original));
        text.AppendLine("Shrunk:").Append(Describe(shrunk));
        text.AppendLine(
            $"replay: {PropertySettings.ReplayVariable}='{replay}' ./harness test --filter \"FullyQualifiedName={testClass.FullName}.{method.Name}\"");
        text.Append($"or in the source: [Property(Replay = \"{replay}\")]");
        return text.ToString();
    }

    private string Write(string heading, IEnumerable<object> arguments)
    {
        output.WriteLine(heading + Environment.NewLine + Describe(arguments).TrimEnd());
        return "";
    }

    /// <summary>One line per parameter of the method, and one per value of a <c>Prop.ForAll</c> inside it.</summary>
    private string Describe(IEnumerable<object> arguments)
    {
        var parameters = method.GetParameters();
        var text = new StringBuilder();
        foreach (var (argument, depth) in arguments.Select((argument, depth) => (argument, depth)))
        {
            if (depth > 0)
                Line($"value {depth} of ForAll", argument);
            else if (parameters.Length == 1)
                Line(parameters[0].Name, argument);
            else if (argument is ITuple tuple) // several parameters arrive as one tuple, none as F#'s unit
                foreach (var parameter in parameters)
                    Line(parameter.Name, tuple[parameter.Position]);
        }
        return text.ToString();

        void Line(string? name, object? value) => text.AppendLine($"  {name} = {Runner.argumentsToString(ListModule.OfSeq([value!]))}");
    }

    /// <summary>A faulted task arrives wrapped; its cause is what the reader wants.</summary>
    private static Exception Unwrap(Exception exception) =>
        exception is AggregateException { InnerExceptions: [var only] } ? Unwrap(only) : exception;

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
