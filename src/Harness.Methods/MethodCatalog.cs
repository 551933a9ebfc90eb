using Harness.Decompositions;

namespace Harness.Methods;

/// <summary>The built-in methods with their default options.</summary>
public static class MethodCatalog
{
    private static readonly IReadOnlyDictionary<string, Func<IDecompositionMethod>> s_factories = new Func<IDecompositionMethod>[]
    {
        () => new UnitClusters(),
        () => new GradientPca(),
        () => new WeightSvd(),
        () => new SteeringEigenspaces(),
        () => new SteeringEigenspaces(SteeringComplement.Jacobian),
        () => new SphereSearch(),
        () => new DeltaJacobianBlocks(),
        () => new FunctionalHessianClustering(),
        () => new HessianClusters(),
        () => new RandomSubspaces(),
    }.ToDictionary(factory => factory().Describe().Name);

    /// <summary>Every built-in method's self-description, in the order in which reports show them.</summary>
    public static IReadOnlyList<MethodInfo> Methods { get; } = [.. s_factories.Values.Select(factory => factory().Describe())];

    /// <summary>Simple methods that stand beside the others to be beaten: they use no idea of how a network is built. Names of <see cref="Methods"/>.</summary>
    public static IReadOnlySet<string> Baselines { get; } = new HashSet<string> { "gradient-pca", "weight-svd", "hessian-clusters", "random" };

    /// <summary>Methods that take minutes on the larger models: they run where they are asked for by name.</summary>
    public static IReadOnlySet<string> Costly { get; } = new HashSet<string> { "sphere-search", "delta-jacobian-blocks", "functional-hessian", "hessian-clusters" };

    /// <summary>A fresh instance of a method.</summary>
    /// <exception cref="KeyNotFoundException">No method has this name; the message lists those there are.</exception>
    public static IDecompositionMethod Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return s_factories.TryGetValue(name, out var factory)
            ? factory()
            : throw new KeyNotFoundException($"No built-in method is named '{name}'; there are {string.Join(", ", s_factories.Keys)}.");
    }
}
