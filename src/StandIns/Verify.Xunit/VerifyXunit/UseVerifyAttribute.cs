using System.Reflection;
using VerifyTests;
using Xunit.Sdk;

namespace VerifyXunit;

/// <summary>Tells <see cref="Verifier"/> which test is running. The build puts it on every test assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class)]
public sealed class UseVerifyAttribute : BeforeAfterTestAttribute
{
    private static readonly AsyncLocal<MethodInfo?> s_test = new();

    internal static MethodInfo CurrentTest => s_test.Value ?? throw new VerifyException(
        "Verifier.Verify was called outside a test: call it from the flow of a [Fact], [Theory] or [Property] of an assembly that carries " +
        "[assembly: VerifyXunit.UseVerify].");

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest) => s_test.Value = methodUnderTest;

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest) => s_test.Value = null;
}
