using FsCheck.Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Harness.StandIns.Tests.FsCheck;

/// <summary>
/// Runs one property of a sample class through xunit itself and returns what xunit would report, so that a property that must fail
/// does so without turning this suite red. Sample classes are internal, which hides them from xunit's own discovery.
/// </summary>
internal static class InProcess
{
    public static Report Run<TSample>(string method) => Run(Discover(typeof(TSample), method));

    public static Report Run(IXunitTestCase testCase)
    {
        var bus = new Bus();
        using var cancellation = new CancellationTokenSource();
        var runner = new XunitTestClassRunner(
            testCase.TestMethod.TestClass, (IReflectionTypeInfo)testCase.TestMethod.TestClass.Class, [testCase], new Sink(), bus,
            new DefaultTestCaseOrderer(new Sink()), new ExceptionAggregator(), cancellation, new Dictionary<Type, object>());
        var summary = runner.RunAsync().GetAwaiter().GetResult();
        var failure = bus.Messages.OfType<ITestFailed>().SingleOrDefault();
        return new Report(
            summary.Total, summary.Failed, summary.Skipped,
            failure is null ? "" : ExceptionUtility.CombineMessages(failure),
            bus.Messages.OfType<ITestResultMessage>().Single().Output ?? "");
    }

    public static IXunitTestCase Discover(Type sample, string method)
    {
        var assembly = new TestAssembly(Reflector.Wrap(sample.Assembly));
        var testClass = new TestClass(new TestCollection(assembly, null, "samples"), Reflector.Wrap(sample));
        var testMethod = new TestMethod(testClass, testClass.Class.GetMethod(method, includePrivateMethod: false));
        var attribute = testMethod.Method.GetCustomAttributes(typeof(PropertyAttribute)).Single();
        return new PropertyDiscoverer(new Sink()).Discover(new Options(), testMethod, attribute).Single();
    }

    internal sealed record Report(int Total, int Failed, int Skipped, string Message, string Output)
    {
        public bool Passed => Total == 1 && Failed == 0 && Skipped == 0;

        /// <summary>The three numbers of the replay line.</summary>
        public string Replay => Message.Split("HARNESS_REPLAY='")[1].Split('\'')[0];

        /// <summary>The lines between a heading and the next line that is not indented.</summary>
        public string Case(string heading) => string.Join(
            '\n', Message.Split('\n').SkipWhile(line => line != heading).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)));
    }

    private sealed class Sink : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => true;
    }

    private sealed class Bus : IMessageBus
    {
        public List<IMessageSinkMessage> Messages { get; } = [];

        public bool QueueMessage(IMessageSinkMessage message)
        {
            Messages.Add(message);
            return true;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }
}
