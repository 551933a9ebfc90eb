using Harness.Models;
using Harness.ToyModels;

namespace Harness.Cli;

/// <summary>A picture of a model's images, for the eye: one band for each data set, its first samples ten in a row, ink on white.</summary>
internal static class ContactSheet
{
    private const int Columns = 10;
    private const int Rows = 4;
    private const int Zoom = 2;
    private const int Gap = 4;

    /// <summary>Writes the sheet of all data sets of grey images <c>[N, 1, h, w]</c>, of splits only the <c>-test</c> ones.</summary>
    /// <exception cref="UsageException">The model's data are no images.</exception>
    public static void Write(string path, ToyModel model)
    {
        var sets = model.DataSets.Where(data => data.Inputs.ndim == 4 && data.Inputs.shape[1] == 1).ToList();
        if (sets.Any(data => data.Name.EndsWith("-test", StringComparison.Ordinal)))
            sets.RemoveAll(data => !data.Name.EndsWith("-test", StringComparison.Ordinal));
        if (sets.Count == 0)
            throw new UsageException($"--images: the data of model '{model.Id}' are no images");
        var (side, across) = ((int)sets[0].Inputs.shape[2] * Zoom + Gap, (int)sets[0].Inputs.shape[3] * Zoom + Gap);
        var width = Columns * across + Gap;
        var band = Rows * side + 3 * Gap;
        var pixels = new byte[width * sets.Count * band];
        Array.Fill(pixels, (byte)200);
        for (var set = 0; set < sets.Count; set++)
            for (var cell = 0; cell < Rows * Columns && cell < sets[set].Count; cell++)
                Draw(sets[set], cell, pixels, width, set * band + Gap + cell / Columns * side, Gap + cell % Columns * across);
        GreyPng.Write(path, pixels, width);
    }

    private static void Draw(DataSet data, int sample, byte[] pixels, int width, int top, int left)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var image = data.Inputs.narrow(0, sample, 1).contiguous().data<double>().ToArray();
        var (height, across) = ((int)data.Inputs.shape[2], (int)data.Inputs.shape[3]);
        for (var y = 0; y < height * Zoom; y++)
            for (var x = 0; x < across * Zoom; x++)
                pixels[(top + y) * width + left + x] = (byte)Math.Round(255 * (1 - Math.Clamp(image[y / Zoom * across + x / Zoom], 0, 1)));
    }
}
