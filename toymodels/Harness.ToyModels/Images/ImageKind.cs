namespace Harness.ToyModels;

/// <summary>What an image of the digit-pattern data sets shows.</summary>
internal enum ImageKind
{
    /// <summary>A digit.</summary>
    Digits,

    /// <summary>A pattern.</summary>
    Patterns,

    /// <summary>½ · a digit + ½ · a pattern of the same label.</summary>
    Mixed,
}
