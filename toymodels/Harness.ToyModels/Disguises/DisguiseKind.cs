namespace Harness.ToyModels;

/// <summary>A family of function-preserving linear changes of parameters (toymodels.md A8).</summary>
public enum DisguiseKind
{
    /// <summary>Hidden units or channels in another order.</summary>
    Permute,

    /// <summary>Incoming weights × c, outgoing ÷ c (÷ c² for the square activation), c ∈ [½, 2] per unit.</summary>
    Rescale,

    /// <summary>An orthogonal change of basis in a linear hidden space.</summary>
    Rotate,

    /// <summary>All that the model admits, composed: permutation ∘ rescaling ∘ rotation.</summary>
    All,
}
