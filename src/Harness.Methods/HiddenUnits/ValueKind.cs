namespace Harness.Methods;

/// <summary>Where a value of a network comes from.</summary>
internal enum ValueKind
{
    /// <summary>It depends on the input.</summary>
    Activation,

    /// <summary>A parameter, perhaps reshaped, masked or scaled by constants.</summary>
    Parameter,

    /// <summary>A fixed tensor.</summary>
    Constant,
}
