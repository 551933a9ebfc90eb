namespace Harness.Numerics;

/// <summary>Maps made from others, in the simplest form: what stays a <see cref="MonomialMap"/> keeps coordinate subspaces coordinate.</summary>
public static class LinearMaps
{
    /// <summary><c>outer·inner</c>: the inner map acts first.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static ILinearMap After(this ILinearMap outer, ILinearMap inner)
    {
        ArgumentNullException.ThrowIfNull(outer);
        ArgumentNullException.ThrowIfNull(inner);
        return (outer, inner) switch
        {
            _ when outer.Dimension != inner.Dimension => new ComposedMap(outer, inner),
            (IdentityMap, _) => inner,
            (_, IdentityMap) => outer,
            (MonomialMap last, MonomialMap first) => last.After(first),
            _ => new ComposedMap(outer, inner),
        };
    }

    /// <summary><c>T⁻¹</c>.</summary>
    public static ILinearMap Inverse(this ILinearMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map switch
        {
            IdentityMap => map,
            MonomialMap monomial => monomial.Inverted(),
            RotationMap rotation => rotation.Inverted(),
            InverseMap inverse => inverse.Inner,
            ComposedMap composed => new ComposedMap(composed.Inner.Inverse(), composed.Outer.Inverse()),
            _ => new InverseMap(map),
        };
    }
}
