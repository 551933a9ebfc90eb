using System.Globalization;
using System.Text;
using TorchSharp;

namespace Harness.Models.Tests.Safetensors;

/// <summary>Damaged files: they read, or they are a <see cref="SafetensorsException"/>. Nothing else, and never much memory.</summary>
public sealed class SafetensorsFuzzTests : IDisposable
{
    /// <summary>More than a thousand times the sample, far less than the smallest size that a damaged declaration could ask for.</summary>
    private const long MostAllocated = 2_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rejects readers that trust a length: every file cut short is refused, whatever the cut.</summary>
    [Fact]
    public void AFileTruncatedAtAnyLengthIsRefused()
    {
        var sample = HandMade.Sample();
        for (var length = 0; length < sample.Length; length++)
            Assert.True(Read(sample[..length]) is not null, $"the sample of {sample.Length} bytes, cut to {length}, was read");
        Assert.Null(Read(sample));
    }

    /// <summary>Rejects readers with an exception of their own kind, and readers that allocate what a damaged file declares.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AMutatedFileReadsOrIsRefused(int seed)
    {
        var random = new Random(seed);
        int read = 0, refused = 0;
        for (var i = 0; i < 600; i++)
        {
            var file = Mutate(HandMade.Sample(), random);
            try
            {
                _ = Read(file) is null ? read++ : refused++;
            }
            catch (Exception exception) when (exception is not SafetensorsException)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, mutation {i}: {exception}\n{Convert.ToHexString(file)}"));
            }
        }
        // Both outcomes occur often, so neither branch is asserted about nothing.
        Assert.True(read > 20 && refused > 300, $"seed {seed}: {read} read, {refused} refused");
    }

    private SafetensorsException? Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder["file"], bytes);
        using var scope = torch.NewDisposeScope();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = SafetensorsFile.Open(_folder["file"]);
            foreach (var entry in file.Entries)
            {
                Assert.Equal(entry.ByteLength, file.ReadBytes(entry.Name).Length);
                file.CountNonFinite(entry.Name);
                Assert.Equal(entry.Shape, file.Load(entry.Name).shape);
            }
            return null;
        }
        catch (SafetensorsException exception)
        {
            return exception;
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated, $"{allocated} bytes allocated for {Convert.ToHexString(bytes)}");
        }
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        var file = sample.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(file.Count);
            switch (random.Next(7))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1: // among the values, where most bytes are as good as any other
                    file[^Math.Min(random.Next(1, 51), file.Count)] = (byte)random.Next(256);
                    break;
                case 2:
                    file.RemoveRange(at, Math.Min(random.Next(1, 9), file.Count - at));
                    break;
                case 3:
                    file.InsertRange(at, file.Slice(random.Next(file.Count / 2), random.Next(1, 40)));
                    break;
                case 4:
                    file[random.Next(Math.Min(8, file.Count))] = (byte)random.Next(256);
                    break;
                case 5:
                    ReplaceNumber(file, random);
                    break;
                default:
                    file[at] = (byte)"{}[]\",:0129-.eE\\ntu"[random.Next(18)];
                    break;
            }
            if (file.Count == 0)
                file.Add(0);
        }
        return [.. file];
    }

    /// <summary>Replaces one number of the header by one that hurts, and mends the header's length so that the reader gets to see it.</summary>
    private static void ReplaceNumber(List<byte> file, Random random)
    {
        var digits = Enumerable.Range(0, file.Count).Where(i => i >= 8 && file[i] is >= (byte)'0' and <= (byte)'9').ToList();
        if (digits.Count == 0)
            return;
        string[] numbers = ["0", "1", "4294967296", "9223372036854775807", "18446744073709551615", "-1", "1e9", "0.5", "2147483647", "1000000000"];
        var replacement = Encoding.ASCII.GetBytes(numbers[random.Next(numbers.Length)]);
        var at = digits[random.Next(digits.Count)];
        file.RemoveAt(at);
        file.InsertRange(at, replacement);
        var length = BitConverter.ToInt64([.. file.Take(8)]) + replacement.Length - 1;
        for (var i = 0; i < 8; i++)
            file[i] = (byte)(length >> (8 * i));
    }
}
