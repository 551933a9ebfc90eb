using FsCheck.Xunit;
using Harness.Models;
using static TorchSharp.torch;

namespace Harness.Decompositions.Tests;

/// <summary>
/// Damaged files: whatever is done to one, the reader answers with a result or a named error, never with another exception.
/// </summary>
public sealed class FuzzTests
{
    /// <summary>
    /// Kills a reader that indexes, parses or casts before it checks. Half of the damage hits the header, where the structure is.
    /// </summary>
    [Property(MaxTest = 300, Replay = "5,7")]
    public void Damage_is_a_named_error_or_harmless(SubmissionSpec spec, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        DecompositionFile.Write(path, spec.Build(), SubmissionSpec.Layout, "case-1", 0);
        File.WriteAllBytes(path, Damage(File.ReadAllBytes(path), RandomSource.Named(seed, "damage")));
        try
        {
            DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples);
        }
        catch (Exception exception) when (exception is SubmissionException or SafetensorsException)
        {
            Assert.StartsWith(path, exception.Message);
        }
    }

    /// <summary>A file cut anywhere is refused: there is no prefix that reads as a smaller answer.</summary>
    [Fact]
    public void Every_truncation_is_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = folder.File("decomposition.safetensors");
        DecompositionFile.Write(path, new SubmissionSpec(3, 2, 1).Build(), SubmissionSpec.Layout, "case-1", 0);
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length += 1 + length / 50)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<SafetensorsException>(() => DecompositionFile.Read(path, SubmissionSpec.Layout, SubmissionSpec.Samples));
        }
    }

    private static byte[] Damage(byte[] bytes, RandomSource random)
    {
        var damaged = bytes.ToList();
        for (var hits = 1 + random.NextInt32(4); hits > 0 && damaged.Count > 0; hits--)
        {
            var position = random.NextInt32(2) == 0 ? random.NextInt32(damaged.Count) : random.NextInt32(Math.Min(damaged.Count, 400));
            switch (random.NextInt32(4))
            {
                case 0: damaged[position] ^= (byte)(1 << random.NextInt32(8)); break;
                case 1: damaged[position] = (byte)"0123456789[]{},:\""[random.NextInt32(17)]; break;
                case 2: damaged.RemoveAt(position); break;
                default: damaged.RemoveRange(position, damaged.Count - position); break;
            }
        }
        return [.. damaged];
    }
}
