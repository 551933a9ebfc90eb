using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Runs one property with an output helper of its own when the test class asks for none, because the property reports its statistics there.
/// </summary>
internal sealed class PropertyTestRunner(
    ITest test, IMessageBus messageBus, Type testClass, object[] constructorArguments, MethodInfo testMethod,
    object[] testMethodArguments, string skipReason, IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator, CancellationTokenSource cancellation)
    : XunitTestRunner(
        test, messageBus, testClass, constructorArguments, testMethod, testMethodArguments, skipReason,
        beforeAfterAttributes, aggregator, cancellation)
{
    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        // xunit hands over a factory, so that tests sharing one argument list still write apart.
        var arguments = ConstructorArguments.Select(argument => argument is Func<TestOutputHelper> create ? create() : argument).ToArray();
        var output = arguments.OfType<TestOutputHelper>().FirstOrDefault() ?? new TestOutputHelper();
        output.Initialize(MessageBus, Test);
        var invoker = new PropertyInvoker(
            Test, MessageBus, TestClass, arguments, TestMethod, TestMethodArguments, BeforeAfterAttributes,
            aggregator, CancellationTokenSource, output);
        var seconds = await invoker.RunAsync().ConfigureAwait(false);
        var text = output.Output;
        output.Uninitialize();
        return Tuple.Create(seconds, text);
    }
}
