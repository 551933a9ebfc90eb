using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit.Abstractions;

// The samples are internal on purpose (see InProcess).
#pragma warning disable xUnit1000

namespace Harness.StandIns.Tests.FsCheck;

internal sealed record Spec(int Dimension, int Seed);

/// <summary>Properties that fail, each in its own way.</summary>
internal sealed class FailingSamples
{
    [Property]
    public bool Bool(int n) => n < 10;

    [Property]
    public static bool Static(int n) => n < 10;

    [Property]
    public void Throws(int n) => Assert.True(n < 10, $"reached {n}");

    [Property]
    public Property Labelled(int n) => (n < 10).Label("below ten");

    [Property]
    public async Task TaskThrows(int n)
    {
        await Task.Yield();
        Assert.True(n < 10, $"reached {n}");
    }

    [Property]
    public async Task<bool> TaskBool(int n)
    {
        await Task.Delay(1);
        return n < 10;
    }

    [Property]
    public async Task<Property> TaskProperty(int n)
    {
        await Task.Yield();
        return (n < 10).Label("below ten");
    }

    [Property]
    public bool Record(Spec spec) => spec.Dimension < 7;

    [Property]
    public bool TwoArguments(int left, int right) => left + right < 10;

    [Property]
    public bool NineArguments(int a, int b, int c, int d, int e, int f, int g, int h, int i) => a + b + c + d + e + f + g + h + i < 10;

    [Property]
    public Property Nested(int outer) => Prop.ForAll((int inner) => outer + inner < 10);

    [Property]
    public Property NestedAlone() => Prop.ForAll((int inner) => inner < 10);

    [Property(MaxRejected = 50)]
    public Property NeverApplies(int n) => true.When(n < 0 && n > 0);

    [Property(Replay = "1,2,three")]
    public bool BadReplay(int n) => n <= int.MaxValue;

    [Property]
    public bool NoGenerator(IntPtr[,,] value) => value is null;
}

/// <summary>Properties that pass and leave traces of how they were run.</summary>
[Properties(MaxTest = 17, Arbitrary = [typeof(EvenNumbers)])]
internal sealed class PassingSamples(ITestOutputHelper output, Fixture fixture) : IClassFixture<Fixture>, IDisposable
{
    public static readonly List<int> Seen = [];
    public static readonly List<double> Sizes = [];
    public static int Disposals;

    [Property(MaxTest = 42)]
    public void Counts(int n) => Seen.Add(n);

    [Property]
    public void UsesClassSettings(int n) => Seen.Add(n);

    [Property(MaxTest = 50, StartSize = 3, EndSize = 9, Arbitrary = [typeof(SizeItself)])]
    public void Sized(double size) => Sizes.Add(size);

    [Property(QuietOnSuccess = true)]
    public void Quiet(int n) => Assert.Equal(0, n % 2);

    [Property(MaxTest = 3, Verbose = true)]
    public void Verbose(int n) => Assert.Equal(0, n % 2);

    [Property]
    public void WritesAndUsesFixture(int n)
    {
        output.WriteLine($"even: {n}");
        Assert.True(fixture.Alive);
    }

    [Property]
    public Property Discards(int n) => (n > 0).When(n > 0);

    [Property(Skip = "to show that it is skipped")]
    public void Skipped(int n) => Assert.Fail($"ran with {n}");

    public void Dispose() => Interlocked.Increment(ref Disposals);
}

internal sealed class Fixture
{
    public bool Alive { get; } = true;
}

internal static class EvenNumbers
{
    public static Arbitrary<int> Even() => ArbMap.Default.GeneratorFor<int>().Select(n => n * 2).ToArbitrary();
}

internal static class SizeItself
{
    public static Arbitrary<double> Size() => Gen.Sized(size => Gen.Constant((double)size)).ToArbitrary();
}
