namespace Harness.ToyModels;

/// <summary>Size of the grey images, 28 × 28, row by row, 0 is paper and 1 is ink.</summary>
internal static class GreyImage
{
    internal const int Side = 28;
    internal const int Pixels = Side * Side;
}
