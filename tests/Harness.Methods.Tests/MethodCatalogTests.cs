namespace Harness.Methods.Tests;

public sealed class MethodCatalogTests
{
    /// <summary>Kills a catalogue that hands out a shared instance, or one method under another's name.</summary>
    [Fact]
    public void Every_name_makes_its_own_method()
    {
        Assert.Equal(["unit-clusters", "gradient-pca", "weight-svd", "hessian-steering", "hessian-steering-jacobian", "sphere-search", "delta-jacobian-blocks", "functional-hessian", "hessian-clusters", "random"], MethodCatalog.Methods.Select(info => info.Name));
        foreach (var info in MethodCatalog.Methods)
        {
            Assert.Equal(info, MethodCatalog.Create(info.Name).Describe());
            Assert.NotSame(MethodCatalog.Create(info.Name), MethodCatalog.Create(info.Name));
        }
    }

    [Fact]
    public void An_unknown_name_lists_those_there_are()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => MethodCatalog.Create("l3d"));
        Assert.Equal("No built-in method is named 'l3d'; there are unit-clusters, gradient-pca, weight-svd, hessian-steering, hessian-steering-jacobian, sphere-search, delta-jacobian-blocks, functional-hessian, hessian-clusters, random.", exception.Message);
    }
}
