using Xunit;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Marks a method that FsCheck runs many times with generated arguments. The method returns <c>void</c>, <c>bool</c>,
/// <see cref="Property"/>, or a task of one of these.
/// </summary>
/// <remarks>
/// A setting that is not given comes from the nearest <see cref="PropertiesAttribute"/> (class, enclosing classes, assembly) and then
/// from <see cref="Config.Default"/>. Two environment variables go above all of them,
/// <c>HARNESS_REPLAY</c> and <c>HARNESS_MAXTEST</c>; <c>HARNESS_PROPERTY_SEED</c> fixes the seed where nothing else does.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
[XunitTestCaseDiscoverer("FsCheck.Xunit.PropertyDiscoverer", "FsCheck.Xunit")]
public class PropertyAttribute : FactAttribute
{
    internal PropertySettings Settings { get; private set; } = new();

    /// <value>
    /// <c>"seed,gamma"</c> repeats a whole run; <c>"seed,gamma,size"</c> runs exactly one case and, if it fails, shrinks it. Default: random.
    /// </value>
    public string? Replay { get => Settings.Replay; set => Settings = Settings with { Replay = value }; }

    /// <value>How many cases must pass. Default 100.</value>
    public int MaxTest { get => Settings.MaxTest ?? -1; set => Settings = Settings with { MaxTest = value }; }

    /// <value>How many cases a precondition may reject before the property counts as exhausted, which is a failure. Default 1000.</value>
    public int MaxRejected { get => Settings.MaxRejected ?? -1; set => Settings = Settings with { MaxRejected = value }; }

    /// <value>The size given to the generators of the first case. Default 1.</value>
    public int StartSize { get => Settings.StartSize ?? -1; set => Settings = Settings with { StartSize = value }; }

    /// <value>The size that the last case approaches; it grows linearly. Default 100.</value>
    public int EndSize { get => Settings.EndSize ?? -1; set => Settings = Settings with { EndSize = value }; }

    /// <value>Types whose static members give <c>Arbitrary&lt;T&gt;</c>; an earlier type overrides a later one. Default: none.</value>
    public Type[] Arbitrary { get => Settings.Arbitrary; set => Settings = Settings with { Arbitrary = value }; }

    /// <value>Whether every case and every shrink is written to the test's output. Default false.</value>
    public bool Verbose { get => Settings.Verbose ?? false; set => Settings = Settings with { Verbose = value }; }

    /// <value>Whether a passing property writes nothing. Default false.</value>
    public bool QuietOnSuccess { get => Settings.QuietOnSuccess ?? false; set => Settings = Settings with { QuietOnSuccess = value }; }
}
