using FsCheck.Xunit;

namespace Harness.StandIns.Tests.FsCheck;

/// <summary>The attribute as every other test project uses it: found by xunit's own discovery and run by the test host.</summary>
public class PropertyInSuiteTests
{
    [Property]
    public bool AdditionCommutes(int left, int right) => left + right == right + left;

    [Property(MaxTest = 20)]
    public async Task TasksAreAwaited(Guid id)
    {
        await Task.Yield();
        Assert.Equal(id, Guid.Parse(id.ToString()));
    }
}
