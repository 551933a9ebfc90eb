namespace Harness.StandIns.Tests;

/// <summary>
/// Sets aside the variables that steer properties and snapshots, for they belong to the whole process: the samples must run as declared
/// even when the suite itself runs with more cases or on a build server. The tests of this collection run while no other does.
/// </summary>
[CollectionDefinition(nameof(CleanEnvironment), DisableParallelization = true)]
public sealed class CleanEnvironment : ICollectionFixture<CleanEnvironment>, IDisposable
{
    private readonly List<Variable> _unset = [new("HARNESS_REPLAY", null), new("HARNESS_MAXTEST", null), new("HARNESS_PROPERTY_SEED", null), new("CI", null)];

    public void Dispose() => _unset.ForEach(variable => variable.Dispose());

    /// <summary>Runs <paramref name="action"/> with a variable set.</summary>
    public static T With<T>(string variable, string value, Func<T> action)
    {
        using var _ = new Variable(variable, value);
        return action();
    }

    /// <summary>Runs <paramref name="action"/> to its end with a variable set.</summary>
    public static async Task WithAsync(string variable, string value, Func<Task> action)
    {
        using var _ = new Variable(variable, value);
        await action();
    }

    private sealed class Variable : IDisposable
    {
        private readonly string _name;
        private readonly string? _before;

        public Variable(string name, string? value)
        {
            (_name, _before) = (name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
    }
}
