namespace Harness.Cli.Tests;

/// <summary>Wrong command lines: 64, one line on standard error that says what may have been meant, nothing on standard output.</summary>
public class UsageTests
{
    [Theory]
    [InlineData("doctr", "harness: unknown command 'doctr'; did you mean 'doctor'? (see harness --help)")]
    [InlineData("dcotor", "harness: unknown command 'dcotor'; did you mean 'doctor'? (see harness --help)")]
    [InlineData("doctor --jsno", "harness: unknown option '--jsno'; did you mean '--json'? (see harness doctor --help)")]
    [InlineData("doctor extra", "harness: unexpected argument 'extra' (see harness doctor --help)")]
    [InlineData("doctor --threads", "harness: Required argument missing for option: '--threads' (see harness doctor --help)")]
    [InlineData("doctor --threads zero", "harness: --threads: expected a whole number from 1 to 1024, got 'zero' (see harness doctor --help)")]
    [InlineData("doctor --threads 0", "harness: --threads: expected a whole number from 1 to 1024, got '0' (see harness doctor --help)")]
    [InlineData("doctor --threads 1,5", "harness: --threads: expected a whole number from 1 to 1024, got '1,5' (see harness doctor --help)")]
    [InlineData("grade --metod builtin:random", "harness: unknown option '--metod'; did you mean '--method'? (see harness grade --help)")]
    [InlineData("grade --jsn", "harness: unknown option '--jsn'; did you mean '--json'? (see harness grade --help)")]
    [InlineData("show", "harness: MODEL is needed (see harness show --help)")]
    [InlineData("show direct-sum --seeds 2", "harness: --seeds 2: this command does its work once; run it with --seed for each")]
    [InlineData("show direct-sum --dtype float32", "harness: --dtype float32: this command works in float64 only")]
    [InlineData("eigen --model direct-sum --seeds 2", "harness: --seeds 2: this command does its work once; run it with --seed for each")]
    [InlineData("export direct-sum --dtype float32 --out x", "harness: --dtype float32: this command works in float64 only")]
    [InlineData("grade --dtype float32", "harness: --dtype float32: this command works in float64 only")]
    [InlineData("train superposition-5-5 --disguise permute", "harness: --disguise: a model is trained in its own parameters; disguise it where it is used")]
    [InlineData("grade --method file:", "harness: file: needs a path: file:decomposition.safetensors")]
    [InlineData("doctor @nothing", "harness: unexpected argument '@nothing' (see harness doctor --help)")]
    [InlineData("setup", "harness: 'setup' belongs to the script ./harness at the root of the source tree; run it there")]
    [InlineData("", "harness: no command given (see harness --help)")]
    public void A_wrong_command_line_is_64_and_one_line(string line, string message)
    {
        var run = CommandLine.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((ExitCode.Usage, "", message + Environment.NewLine), (run.Code, run.Output, run.Error));
    }

    /// <summary>Rejects a program that answers success to a CI job whose variable with the command's name was empty.</summary>
    [Fact]
    public void No_command_is_no_success() => Assert.NotEqual(ExitCode.Pass, CommandLine.Run().Code);
}
