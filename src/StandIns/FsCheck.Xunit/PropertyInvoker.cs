using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Hands the test method to FsCheck where xunit would call it once. Building the test class, its fixtures and its disposal stay xunit's.
/// </summary>
internal sealed class PropertyInvoker(
    ITest test, IMessageBus messageBus, Type testClass, object[] constructorArguments, MethodInfo testMethod,
    object[] testMethodArguments, IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator, CancellationTokenSource cancellation, ITestOutputHelper output)
    : XunitTestInvoker(
        test, messageBus, testClass, constructorArguments, testMethod, testMethodArguments, beforeAfterAttributes, aggregator, cancellation)
{
    protected override Task<decimal> InvokeTestMethodAsync(object? testClassInstance)
    {
        Aggregator.Run(() => Timer.Aggregate(() => Check(testClassInstance)));
        return Task.FromResult(Timer.Total);
    }

    private void Check(object? target)
    {
        // FsCheck waits for asynchronous properties by blocking. Under xunit's synchronization context, whose threads are few, their
        // continuations could wait for the very thread that waits for them.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var settings = PropertySettings.For(TestClass, TestMethod).WithEnvironment(TestMethod);
            var run = new PropertyRun(TestMethod, TestClass, output);
            FsCheck.Check.Method(settings.ToConfig(run), TestMethod, target);
            run.ThrowIfFailed();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
