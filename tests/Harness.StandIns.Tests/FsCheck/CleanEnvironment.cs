namespace Harness.StandIns.Tests.FsCheck;

/// <summary>
/// Sets aside the two variables that steer every property, for they belong to the whole process: the samples must run as declared even
/// when the suite itself runs with more cases. The tests of this collection run while no other does.
/// </summary>
[CollectionDefinition(nameof(CleanEnvironment), DisableParallelization = true)]
public sealed class CleanEnvironment : ICollectionFixture<CleanEnvironment>, IDisposable
{
    private readonly Dictionary<string, string?> _before =
        new[] { "HARNESS_REPLAY", "HARNESS_MAXTEST" }.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public CleanEnvironment() => Set(_ => null);

    public void Dispose() => Set(name => _before[name]);

    private void Set(Func<string, string?> value)
    {
        foreach (var name in _before.Keys)
            Environment.SetEnvironmentVariable(name, value(name));
    }
}
