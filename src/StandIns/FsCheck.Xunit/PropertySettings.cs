using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;

namespace FsCheck.Xunit;

/// <summary>What an attribute sets; <c>null</c> leaves the matter to the next level.</summary>
internal sealed record PropertySettings
{
    public const string ReplayVariable = "HARNESS_REPLAY";
    public const string MaxTestVariable = "HARNESS_MAXTEST";
    public const string SeedVariable = "HARNESS_PROPERTY_SEED";

    public string? Replay { get; init; }
    public int? MaxTest { get; init; }
    public int? MaxRejected { get; init; }
    public int? StartSize { get; init; }
    public int? EndSize { get; init; }
    public bool? Verbose { get; init; }
    public bool? QuietOnSuccess { get; init; }
    public Type[] Arbitrary { get; init; } = [];

    /// <summary>The settings of a method: its own attribute, then its class and the enclosing ones, then its assembly.</summary>
    public static PropertySettings For(Type testClass, MethodInfo method)
    {
        var settings = method.GetCustomAttribute<PropertyAttribute>()?.Settings ?? new PropertySettings();
        for (var type = testClass; type is not null; type = type.DeclaringType)
            settings = settings.OrElse(type.GetCustomAttribute<PropertiesAttribute>()?.Settings);
        return settings.OrElse(testClass.Assembly.GetCustomAttribute<PropertiesAttribute>()?.Settings);
    }

    /// <summary>
    /// Applies <c>HARNESS_REPLAY</c> (as <see cref="PropertyAttribute.Replay"/>) and <c>HARNESS_MAXTEST</c>: <c>500</c> replaces the
    /// number of cases, <c>x10</c> multiplies it. <c>HARNESS_PROPERTY_SEED</c> fixes the seed of a property that has none: each begins at
    /// another place, which depends on the number and on the property's name alone.
    /// </summary>
    public PropertySettings WithEnvironment(MethodInfo method)
    {
        var settings = this;
        if (string.IsNullOrEmpty(Replay) && Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed)
            settings = settings with { Replay = ReplayOf(seed, $"{method.DeclaringType?.FullName}.{method.Name}") };
        if (Environment.GetEnvironmentVariable(ReplayVariable) is { Length: > 0 } replay)
            settings = settings with { Replay = replay };
        if (Environment.GetEnvironmentVariable(MaxTestVariable) is { Length: > 0 } maxTest)
            settings = settings with { MaxTest = ParseMaxTest(maxTest, MaxTest ?? Config.Default.MaxTest) };
        return settings;
    }

    public Config ToConfig(PropertyRun run)
    {
        var config = Config.Default
            .WithMaxTest(MaxTest ?? Config.Default.MaxTest)
            .WithMaxRejected(MaxRejected ?? Config.Default.MaxRejected)
            .WithStartSize(StartSize ?? Config.Default.StartSize)
            .WithEndSize(EndSize ?? Config.Default.EndSize)
            .WithQuietOnSuccess(QuietOnSuccess ?? Config.Default.QuietOnSuccess)
            .WithArbitrary<Type>(Arbitrary)
            .WithRunner(run);
        if (Verbose ?? false)
            config = config.WithEvery(run.WriteCase).WithEveryShrink(run.WriteShrink);
        return string.IsNullOrEmpty(Replay) ? config : WithReplay(config, Replay);
    }

    private PropertySettings OrElse(PropertySettings? outer) => outer is null ? this : new PropertySettings
    {
        Replay = Replay ?? outer.Replay,
        MaxTest = MaxTest ?? outer.MaxTest,
        MaxRejected = MaxRejected ?? outer.MaxRejected,
        StartSize = StartSize ?? outer.StartSize,
        EndSize = EndSize ?? outer.EndSize,
        Verbose = Verbose ?? outer.Verbose,
        QuietOnSuccess = QuietOnSuccess ?? outer.QuietOnSuccess,
        Arbitrary = [.. Arbitrary, .. outer.Arbitrary],
    };

    private static string ReplayOf(string seed, string property)
    {
        if (!ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new FormatException($"{SeedVariable} is '{seed}'; expected a non-negative integer.");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{property}"));
        // SplitMix's gamma must be odd.
        return string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt64(hash, 0)},{BitConverter.ToUInt64(hash, 8) | 1}");
    }

    private static int ParseMaxTest(string text, int declared)
    {
        var multiplies = text[0] is 'x' or 'X';
        if (!int.TryParse(multiplies ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            throw new FormatException($"{MaxTestVariable} is '{text}'; expected a positive number ('500') or a factor ('x10').");
        return multiplies ? checked(declared * number) : number;
    }

    private static Config WithReplay(Config config, string text)
    {
        var parts = text.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is 2 or 3
            && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var gamma))
        {
            if (parts.Length == 2)
                return config.WithReplay(seed, gamma);
            if (int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                return config.WithReplay(seed, gamma, size);
        }
        throw new FormatException($"The replay '{text}' is not 'seed,gamma' or 'seed,gamma,size' (three non-negative integers at most).");
    }
}
